import type { ContractField } from '../../domain/configuration/configuration.ts';
import { contractContent } from '../../domain/contract/contract-content.ts';
import { fieldPointer, fieldValue } from '../../domain/contract/contract-field.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import { readOnce } from '../../domain/document/read-once.ts';
import { digestOfValue } from '../../domain/digest.ts';
import { Failure } from '../../domain/failure.ts';
import { quotedWord, shellWord } from '../../domain/shell-word.ts';
import { signContent } from '../../probes/signatures/sign-content.ts';
import { terminalText } from '../../render/escape.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import { nameOfKey } from './name-of-key.ts';
import type { SignOptions } from './sign-command.ts';
import { readPrivateKey } from './read-private-key.ts';
import { tellKeyOfSigned } from './tell-key-of-signed.ts';
import { readWorkingContract } from './working-contract.ts';
import type { WorkingContract } from './working-contract.ts';
import { replaceFile, workingFile } from './working-file.ts';

/** Writes the signature, and `kmsKeyRef` where the contract has none; nothing else of the file changes. */
export async function signContract(terminal: Terminal, file: string, options: SignOptions): Promise<number> {
  const contract = await readWorkingContract(terminal, file, options.repo);
  if (contract === null) return exitCodes.deny;
  const place = await workingFile(contract, file);
  const stated = statedKey(contract);
  const makeOne = `plumbline contract key ${quotedWord(stated ?? options.kid ?? 'local:contracts')} --private ${shellWord(options.key)}${repoWords(options.repo)}`;
  const key = await readPrivateKey(terminal, options.key, `Name the private key, or make a new one: ${makeOne}`);
  if (stated === null && options.kid === undefined && key.kid === null) throw new Failure('USAGE', `Cannot sign ${JSON.stringify(file)}: it has no kmsKeyRef, expected the id of the key that signs it. Say it, and it is written into the contract: ${typeAgain(terminal, `--kid ${await nameOfKey(contract, key)}`)}`);
  const reference = referenceOf(contract, { stated, wanted: options.kid ?? key.kid });
  const named = reference.isWritten ? withField(contract, 'kmsKeyRef', reference.kid) : contract;
  const content = contractContent(named.document.value, named.fields);
  const signed = withField(named, 'signature', await signContent(content, key, reference.kid));
  await replaceFile(place, signed.bytes);
  if (reference.isWritten) terminal.tell(`Wrote kmsKeyRef ${terminalText(reference.kid)}: it is content, so the content hash is another one now.\n`);
  terminal.write(`Signed ${terminalText(file)} as ${terminalText(reference.kid)} with ${key.algorithm}: content ${digestOfValue(content)}.\n`);
  await tellKeyOfSigned(terminal, contract, key, reference.kid);
  return exitCodes.allow;
}

interface Reference {
  readonly kid: string;
  /** Whether the contract has to be told first. */
  readonly isWritten: boolean;
}

/** The key that the contract names. */
function statedKey({ document, fields, path, file }: WorkingContract): string | null {
  const stated = fieldValue(document.value, fields, 'kmsKeyRef', path) ?? null;
  if (stated === null || typeof stated === 'string') return stated;
  throw new Failure('USAGE', `Cannot sign ${JSON.stringify(file)}: its kmsKeyRef is no text, expected local:<name>. Set it first.`);
}

/** The contract says which key signs it. A key that says otherwise is the wrong one. */
function referenceOf(contract: WorkingContract, { stated, wanted }: { readonly stated: string | null; readonly wanted: string | null }): Reference {
  if (stated !== null && wanted !== null && stated !== wanted) throw new Failure('USAGE', `Cannot sign ${JSON.stringify(contract.file)} as ${JSON.stringify(wanted)}: its kmsKeyRef is ${JSON.stringify(stated)}, expected the same. kmsKeyRef is content: change it in the file, as a new version where this one was released, then sign.`);
  return { kid: stated ?? wanted ?? '', isWritten: stated === null };
}

function withField(contract: WorkingContract, field: ContractField, value: string): WorkingContract {
  const source = contract.fields[field];
  if (source.kind !== 'pointer') throw new Failure('USAGE', `Cannot write ${field} into ${JSON.stringify(contract.file)}: the configuration gives it a fixed value, expected a place in the document. Map the field to a JSON pointer first.`);
  const bytes = editDocument(contract.bytes, contract.absolute, [{ pointer: fieldPointer(contract.fields, field), value }]);
  const reading = readOnce(bytes, contract.absolute);
  if (reading.kind === 'problem') throw new Failure('GATE_FAILED', `Cannot write ${field}: the result can not be read (${reading.problem.message}), expected a document. Nothing was written.`);
  return { ...contract, bytes, document: reading.document };
}
