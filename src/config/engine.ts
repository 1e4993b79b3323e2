import manifest from '../../package.json' with { type: 'json' };

/** What decisions name as their judge. */
export const engine = `plumbline/${manifest.version}`;
