// Runs Azurite for exactly as long as the hub lives. The hub holds our standard input open; when it goes, however it goes (SIGKILL as
// well), the input ends and Azurite is asked to write what it holds in memory and to stop.
//
//   node guard.cjs locate <version>             prints where npx has put that version's main file
//   node guard.cjs run <main file> <arguments>  runs it
'use strict';
const fs = require('node:fs');
const path = require('node:path');

const [command, subject, ...rest] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`Node 20 or later is needed; this is Node ${process.versions.node}.\n`);
  process.exit(3);
}

if (command === 'locate') {
  // npx puts the package's node_modules/.bin first on the PATH of what it runs.
  for (const bin of process.env.PATH.split(path.delimiter)) {
    const manifest = path.resolve(bin, '..', 'azurite', 'package.json');
    if (fs.existsSync(manifest)) {
      const found = JSON.parse(fs.readFileSync(manifest, 'utf8'));
      if (found.version === subject) {
        process.stdout.write(`${path.resolve(path.dirname(manifest), found.bin.azurite)}\n`);
        process.exit(0);
      }
    }
  }
  process.stderr.write(`npx did not provide azurite ${subject}.\n`);
  process.exit(4);
}

// Ctrl-C reaches every process of the terminal. The hub still needs its storage to finish what is in flight, so Azurite must not see it.
const once = process.once;
process.once = (event, listener) => (event === 'SIGINT' ? process : once.call(process, event, listener));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

// Azurite holds its state in memory, writes it to "…json~" every few seconds, and takes no notice when that fails: it would be lost without
// a word. So a write that fails is said and tried again until it succeeds, and what is still not written at the end is the exit code.
const unsaved = new Set();
const writeFile = fs.writeFile;
fs.writeFile = (file, data, ...more) => {
  const done = more[more.length - 1];
  if (!String(file).endsWith('.json~')) {
    writeFile.call(fs, file, data, ...more);
    return;
  }
  writeFile.call(fs, file, data, ...more.slice(0, -1), (error) => {
    if (!error && unsaved.delete(file) && unsaved.size === 0) {
      process.stderr.write('saved\n');
    }
    if (!error || !isStarted()) {
      done(error);
      return;
    }
    if (unsaved.size === 0) {
      process.stderr.write(`unsaved ${error.message}\n`);
    }
    unsaved.add(file);
    setTimeout(() => fs.writeFile(file, data, ...more), 1000);
  });
};

// Until then it says by itself what keeps it from starting, and there is nothing to save.
let isStopping = false;
const isStarted = () => isStopping || process.listenerCount('SIGTERM') > 0;

function end() {
  if (!isStarted()) {
    process.exit(0);
  }
  isStopping = true;
  process.emit('SIGTERM');
  setTimeout(() => process.exit(unsaved.size > 0 ? 5 : 0), 10000).unref();
}

process.stdin.on('end', end).on('error', end).resume();
process.argv = [process.argv[0], subject, ...rest];
require(subject);
