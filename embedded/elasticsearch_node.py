"""The program of an embedded Elasticsearch: a Java machine in this process, and a node in it.

`embedded.elasticsearch` starts it, with what it needs as one argument in JSON. It does what
Elasticsearch's own starter does after its parsing of files, and ends in order on SIGTERM.
"""

import json
import os
import signal
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

import jpype

MODULES = "--add-modules=ALL-MODULE-PATH,jdk.net,jdk.management.agent"
CLOSING_SECONDS = 10


def main(*, home: str, config: str, options: Sequence[str], settings: Mapping[str, str]) -> None:
    """`home` holds lib/, modules/ and plugins/; `options` are Java's, `settings` the node's."""
    jpype.startJVM(
        f"--module-path={home}/lib",
        MODULES,
        f"-Des.path.home={home}",
        "-Xrs",  # leaves SIGTERM to us
        *options,
        convertStrings=False,
    )
    node = make_node(config, {"path.home": home, **settings})
    node.start()
    wait_for_the_end()
    node.close()
    node.awaitClose(CLOSING_SECONDS, jpype.JClass("java.util.concurrent.TimeUnit").SECONDS)


def make_node(config: str, settings: Mapping[str, str]) -> Any:
    java = jpype.JClass
    logs = java("org.elasticsearch.common.logging.LogConfigurator")
    loaders = java("org.elasticsearch.plugins.PluginsLoader")
    logs.configureESLogging()
    builder = java("org.elasticsearch.common.settings.Settings").builder()
    for name, value in settings.items():
        builder.put(name, value)
    built = builder.build()
    logs.configureWithoutConfig(built)
    environment = java("org.elasticsearch.env.Environment")(
        built, java("java.nio.file.Path").of(config)
    )
    loader = loaders.createPluginsLoader(
        loaders.loadModulesBundles(environment.modulesDir()),
        loaders.loadPluginsBundles(environment.pluginsDir()),
        java("java.util.Map").of(),
    )
    return java("org.elasticsearch.node.Node")(environment, loader)


def wait_for_the_end() -> None:
    """Until SIGTERM, whichever thread gets it; before this call, SIGTERM ends the process as is."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    os.read(reader, 1)


if __name__ == "__main__":
    code = 0
    try:
        main(**json.loads(sys.argv[1]))
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # not waiting for Java's threads
