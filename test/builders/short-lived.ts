/**
 * Options of Node for processes that live for seconds, as `npm test` gives them to every test: WebAssembly, which is the
 * embedded store, is translated once, as it is needed, and never polished.
 */
export const shortLived = ['--liftoff-only', '--wasm-lazy-compilation'];

/** All of this process's settings that a command in a test gets: where programs are, and where compiled code is kept. */
export function ownSettings(): Readonly<Record<string, string>> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
