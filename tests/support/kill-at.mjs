/**
 * Preload (`node --import`): stops this process at the n-th call that could change the disk.
 *
 * `STOP_AT=before:7` kills before the 7th call, `after:7` right behind it, `torn:7` in the middle of the 7th
 * that writes bytes; `pause:7` says "paused" on stdout and goes on after one byte on stdin.
 * `STOP_AT=no-links` makes hard links fail as they do on FAT.
 */
import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'

const [how, at] = (process.env.STOP_AT ?? '').split(':')
const {writeSync, readSync} = fs
const changing = [
  'appendFileSync',
  'chmodSync',
  'chownSync',
  'closeSync',
  'copyFileSync',
  'fchmodSync',
  'fchownSync',
  'fsyncSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'openSync',
  'renameSync',
  'rmSync',
  'rmdirSync',
  'symlinkSync',
  'truncateSync',
  'unlinkSync',
  'utimesSync',
  'writeFileSync',
  'writeSync',
  'writevSync',
]
let calls = 0

if (how === 'no-links') {
  fs.linkSync = () => {
    throw Object.assign(new Error('EPERM: operation not permitted, link'), {code: 'EPERM', syscall: 'link'})
  }
} else {
  for (const name of how === 'torn' ? ['writeSync'] : changing) {
    const real = fs[name]
    fs[name] = (...args) => {
      if (name === 'openSync' && args[1] === 'r') return real(...args)
      calls++
      if (calls !== Number(at)) return real(...args)
      if (how === 'before') die()
      if (how === 'pause') pause()
      if (how === 'torn') tear(args)
      const result = real(...args)
      if (how === 'after') die()
      return result
    }
  }
}
syncBuiltinESMExports()

function die() {
  process.kill(process.pid, 'SIGKILL')
  for (;;);
}

function pause() {
  writeSync(1, 'paused\n')
  readSync(0, Buffer.alloc(1))
}

/** Half of the bytes get through. */
function tear([fd, bytes]) {
  writeSync(fd, bytes, 0, Math.floor(bytes.length / 2))
  die()
}
