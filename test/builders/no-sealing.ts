import type { DispatchParts } from '../../src/worker/flow-dispatch.ts';

const nobody = () => Promise.reject(new Error('nothing is sealed here'));

/** For a worker that neither seals logs nor makes bundles. */
export const noSealing: Pick<DispatchParts, 'sealer' | 'makeBundles'> = { sealer: { seal: nobody, sealAll: nobody }, makeBundles: nobody };
