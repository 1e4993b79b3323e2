/**
 * Folders whose tests touch nothing outside of themselves: `in-one-process.test.ts` runs them, since starting a process of its
 * own costs most of them more than what they do. All others have one each.
 */
export const sharingFolders = ['audit', 'bench', 'config', 'domain', 'flows', 'gates', 'github', 'render', 'web', 'worker'] as const;
