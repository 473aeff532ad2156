// Measures how long two general libraries for English take for the texts given,
// on one core: to cut them into sentences and words, to tag these, and to find
// names and numbers. That is less than callrank does with a call (it judges no
// figure) and more (it tags every word): the figures tell the order of size.
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { performance } from 'node:perf_hooks'
import compromise from 'compromise'
import model from 'wink-eng-lite-web-model'
import winkNLP from 'wink-nlp'

const rounds = 5
const wink = winkNLP(model)
const its = wink.its

const peers = {
  'wink-nlp': (text) => {
    const doc = wink.readDoc(text)
    return [doc.sentences().length(), doc.entities().out(its.detail).length]
  },
  compromise: (text) => {
    const doc = compromise(text)
    return [doc.length, doc.numbers().json().length, doc.organizations().length]
  },
}

// words is what a reader would count, as for callrank's figures.
const words = (text) => text.split(/\s+/).length

const texts = process.argv.slice(2).map((file) => ({ name: basename(file), text: readFileSync(file, 'utf8') }))
const all = texts.reduce((sum, t) => sum + words(t.text), 0)
for (const [name, analyse] of Object.entries(peers)) {
  let total = 0
  for (const { text } of texts) {
    let least = Infinity
    for (let i = 0; i < rounds; i++) {
      const began = performance.now()
      analyse(text)
      least = Math.min(least, performance.now() - began)
    }
    total += least
  }
  console.log(`${name.padEnd(12)} ${((total * 10000) / all).toFixed(2).padStart(10)} ms for 10,000 words`)
}
