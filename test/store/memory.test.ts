import { memoryStore } from '../fakes/memory-store.ts';
import { storeSuite } from '../ports/store-suite.ts';

storeSuite(async (clock) => memoryStore({ clock }));
