import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { filesInOrder } from './files-in-order.ts';

// What `node --test` does, but for the order: that begins files by their names.
run({ files: filesInOrder().map((file) => join(import.meta.dirname, '..', file)), concurrency: 3 })
  .on('test:summary', ({ success }) => {
    if (!success) process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
