import { memoryStore } from '../fakes/memory-store.ts';
import { storeSuite } from '../ports/store-suite.ts';

storeSuite('the store in memory', async (clock) => memoryStore({ clock }));
