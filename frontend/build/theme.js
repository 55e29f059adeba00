// Before the first paint: the colours that were chosen, else the system's.
try {
  const chosen = localStorage.getItem('yafig.theme')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
} catch {
  // No storage: the system's colours.
}
