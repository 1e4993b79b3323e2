import { memoryStore } from '../../fakes/memory-store.ts';
import { retentionTests } from './retention-tests.ts';

retentionTests('the store in memory', async (clock) => memoryStore({ clock }));
