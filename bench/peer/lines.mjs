// One command a line on standard input, one answer a line on standard output, both JSON.
import { createInterface } from 'node:readline'

/// Answers every command with what `commands[do]` gives, and how long that took.
export async function answer(commands) {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line)
    const started = process.hrtime.bigint()
    try {
      const told = await commands[command.do](command)
      say({ ...told, seconds: Number(process.hrtime.bigint() - started) / 1e9 })
    } catch (error) {
      say({ failed: String(error?.stack ?? error) })
    }
  }
}

/// One line of output.
export function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
