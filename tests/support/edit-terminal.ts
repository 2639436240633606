/** A pseudo-terminal, and somebody at it who answers what is asked. */
import {execFileSync, spawn} from 'node:child_process'
import {once} from 'node:events'

/** What must have been shown since the last answer, and what is then typed. */
export type Turn = readonly [shown: string, typed: string]

export const enter = '\r'
export const down = '\u001b[B'
export const interrupt = '\u0003'

/** Follows the turns, then waits for the end; gives up where nothing new is shown for long. */
const program = `
import fcntl, json, os, pty, select, struct, sys, termios
spec = json.load(sys.stdin)
pid, fd = pty.fork()
if pid == 0:
    os.chdir(spec['cwd'])
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 120, 0, 0))
    os.execve(spec['argv'][0], spec['argv'], spec['env'])
text = b''
seen = 0
turns = [(shown.encode(), typed.encode()) for shown, typed in spec['turns']]
while True:
    ready, _, _ = select.select([fd], [], [], 20)
    if not ready:
        os.kill(pid, 9)
        break
    try:
        more = os.read(fd, 65536)
    except OSError:
        more = b''
    if not more:
        break
    text += more
    if turns and turns[0][0] in text[seen:]:
        seen = len(text)
        os.write(fd, turns.pop(0)[1])
_, status = os.waitpid(pid, 0)
print(json.dumps({'code': os.waitstatus_to_exitcode(status), 'text': text.decode('utf8', 'replace'), 'left': len(turns)}))
`

export function hasTerminal(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty, os; os.waitstatus_to_exitcode'], {stdio: 'ignore'})
    return process.platform !== 'win32'
  } catch {
    return false
  }
}

export type Session = {
  /** Negative where a signal ended it. */
  readonly code: number
  readonly text: string
  /** Answers that nobody asked for. */
  readonly left: number
}

export async function atTerminal(
  cwd: string,
  args: readonly string[],
  turns: readonly Turn[],
): Promise<Session> {
  const child = spawn('python3', ['-c', program], {stdio: ['pipe', 'pipe', 'inherit']})
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '/',
    TERM: 'xterm',
    NO_COLOR: '1',
    LANG: 'C.UTF-8',
  }
  child.stdin.end(JSON.stringify({cwd, argv: [process.execPath, ...args], env, turns}))
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  await once(child, 'close')
  return JSON.parse(out)
}
