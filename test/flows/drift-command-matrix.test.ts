import { aboutDrift, describeCommands } from './a-command-matrix.ts';

describeCommands(...aboutDrift);
