import { openStore } from '../../src/store/open-store.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { storeSuite } from '../ports/store-suite.ts';

storeSuite((clock) => openStore({ databaseUrl: null, directory: 'memory://', log: fakeLog(), clock }));
