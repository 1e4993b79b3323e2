#!/usr/bin/env node
import { takeOwnImportsAtTheirWord } from './own-imports.ts';

takeOwnImportsAtTheirWord();
const [{ runCommandLine }, { processTerminal }] = await Promise.all([import('./command-line.ts'), import('./terminal.ts')]);
process.exitCode = await runCommandLine(processTerminal());
