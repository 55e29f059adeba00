// Writes app/api/schema.d.ts from docs/swagger.json; with --check it only tells when they differ.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import swagger2openapi from 'swagger2openapi'

const swagger = new URL('../../docs/swagger.json', import.meta.url)
const schema = new URL('../app/api/schema.d.ts', import.meta.url)

const source = await readFile(swagger, 'utf8')
const told = JSON.parse(source)
nullable(told)
const { openapi } = await swagger2openapi.convertObj(told, { patch: true })
// The sum lets a check without Node tell whether they differ.
const sum = createHash('sha256').update(source).digest('hex')
const text = `// Made by \`make schema\` from docs/swagger.json, ${sum}. Do not edit.\n${astToString(await openapiTS(openapi))}`

if (!process.argv.includes('--check')) {
  await writeFile(schema, text)
} else if ((await readFile(schema, 'utf8').catch(() => '')) !== text) {
  console.error('app/api/schema.d.ts is not what docs/swagger.json says. Run `make schema` and look at the difference.')
  process.exit(1)
}

/** Swagger 2 has no null: drf-yasg says `x-nullable`, which OpenAPI 3 calls `nullable`. */
function nullable(node) {
  if (typeof node !== 'object' || node === null) return
  if (node['x-nullable']) node.nullable = true
  Object.values(node).forEach(nullable)
}
