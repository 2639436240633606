/** Preloaded into every process that is measured: tells its peak memory, in KiB, on file descriptor 3 as it ends. */
process.on('exit', () => {
  try {
    require('node:fs').writeSync(3, `${process.resourceUsage().maxRSS}\n`)
  } catch {
    // A worker, or a child of the process that is measured, has no such descriptor.
  }
})
