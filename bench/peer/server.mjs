// CouchDB's protocol as express-pouchdb serves it, in memory: the peer of `bantin-hub serve`.
import { readFileSync } from 'node:fs'
import express from 'express'
import expressPouch from 'express-pouchdb'
import PouchDB from 'pouchdb'
import memory from 'pouchdb-adapter-memory'
import { answer, say } from './lines.mjs'

PouchDB.plugin(memory)
const InMemory = PouchDB.defaults({ adapter: 'memory' })
const app = express()
// The routes that PouchDB needs and nothing else: no log, no sessions, no validation.
app.use('/', expressPouch(InMemory, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
const news = new InMemory('news')
const letters = new InMemory('letters')

/// Publishes documents, one JSON object a line; those that are there already are replaced.
async function publish({ file }) {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const documents = lines.map((line) => JSON.parse(line))
  const held = await news.allDocs({ keys: documents.map((document) => document._id) })
  held.rows.forEach((row, at) => {
    if (row.value) documents[at]._rev = row.value.rev
  })
  const done = await news.bulkDocs(documents)
  const refused = done.filter((one) => one.error)
  if (refused.length > 0) throw new Error(`not published: ${JSON.stringify(refused[0])}`)
  return { documents: documents.length }
}

/// What phones have sent.
async function received() {
  const all = await letters.allDocs({ include_docs: true, attachments: true, binary: true })
  const attached = all.rows.flatMap((row) => Object.values(row.doc._attachments ?? {}))
  return {
    texts: all.rows.map((row) => row.doc.text ?? ''),
    attachment_bytes: attached.reduce((bytes, one) => bytes + one.data.length, 0),
  }
}

app.listen(0, '127.0.0.1', function () {
  say({ port: this.address().port })
  answer({ publish, received })
})
