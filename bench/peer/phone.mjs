// A device as PouchDB has it, in memory: the peer of `bantin`. Its argument is the server's address.
import { readFileSync } from 'node:fs'
import PouchDB from 'pouchdb'
import memory from 'pouchdb-adapter-memory'
import { answer, say } from './lines.mjs'

PouchDB.plugin(memory)
const [, , server, batch] = process.argv
const options = { batch_size: Number(batch) }
const news = new PouchDB('news', { adapter: 'memory' })
const letters = new PouchDB('letters', { adapter: 'memory' })

/// Fetches what is new.
async function pull() {
  return summary(await PouchDB.replicate(`${server}/news`, news, options))
}

/// The same over a line that breaks: tried anew until it is through or `attempts` are over.
async function pullThrough({ attempts }) {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    try {
      return { ...(await pull()), finished: true, attempts: attempt }
    } catch (error) {
      if (attempt === attempts) return { finished: false, attempts, error: String(error?.message ?? error) }
    }
  }
}

/// Writes a letter with a text and files, and sends it; that the server has it is its receipt.
async function send({ text, files = [] }) {
  const attached = files.map((file) => [
    file.split('/').at(-1),
    { content_type: 'image/jpeg', data: readFileSync(file) },
  ])
  const letter = { text, ...(attached.length > 0 && { _attachments: Object.fromEntries(attached) }) }
  await letters.post(letter)
  return summary(await PouchDB.replicate(letters, `${server}/letters`, options))
}

/// Everything held, for comparing.
async function held() {
  const all = await news.allDocs({ include_docs: true })
  return { documents: all.rows.map(({ doc }) => ({ ...doc, _rev: undefined })) }
}

function summary(done) {
  if (!done.ok || done.doc_write_failures > 0) throw new Error(JSON.stringify(done))
  return { read: done.docs_read, written: done.docs_written }
}

say({ ready: true })
answer({ pull, pullThrough, send, held })
