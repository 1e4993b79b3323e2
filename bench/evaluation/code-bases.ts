import { join } from 'node:path';

const packages = join(import.meta.dirname, '..', '..', 'node_modules');

/** TypeScript that packages ship with what is built of it. */
export const codeBases: readonly { readonly name: string; readonly folder: string; readonly pattern: string }[] = [
  { name: 'ajv', folder: join(packages, 'ajv'), pattern: 'lib/**/*.*' },
  // Its tests import helpers that it does not ship.
  { name: '@mswjs/interceptors', folder: join(packages, '@mswjs', 'interceptors'), pattern: 'src/**/!(*.test).*' },
  { name: 'zod', folder: join(packages, 'zod'), pattern: 'src/**/*.*' },
];
