import { aboutChange, describeCommands } from './a-command-matrix.ts';

describeCommands(...aboutChange);
