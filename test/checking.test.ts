import { runTogether, sharingFolders } from './sharing-folders.ts';

await runTogether(sharingFolders.checking);
