import hooks from 'node:async_hooks';

const { createHook } = hooks;

/**
 * Loaded into every test before it starts. Node's test runner follows each promise from its birth to its end, only to name the test
 * that an error nobody awaited came from, which is a quarter of what our tests cost. Without it such an error fails the file that
 * it came from. Where Node does not know the option it does as before.
 */
Object.assign(hooks, { createHook: (callbacks: hooks.HookCallbacks) => createHook(Object.assign({ trackPromises: false }, callbacks)) });
