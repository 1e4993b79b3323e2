import type { ContractFields } from '../../domain/configuration/configuration.ts';
import { editOf } from '../../domain/contract/bump-edits.ts';
import { contractContent } from '../../domain/contract/contract-content.ts';
import { fieldPointer, fieldValue } from '../../domain/contract/contract-field.ts';
import { digestOfValue } from '../../domain/digest.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import type { DocumentEdit } from '../../domain/document/edit-document.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { readSignature } from '../../domain/signature/read-signature.ts';
import { signContent } from '../../probes/signatures/sign-content.ts';
import type { SigningKey } from '../../probes/signatures/signing-key.ts';
import { verifySignature } from '../../probes/signatures/verify-signature.ts';

export interface SignedDocument {
  readonly bytes: Uint8Array;
  /** The id that its signature names; null where nothing was signed. */
  readonly kid: string | null;
  /** All that was edited. */
  readonly edits: readonly DocumentEdit[];
}

export interface DocumentToSign {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly fields: ContractFields;
  readonly edits: readonly DocumentEdit[];
}

/** The edited document with a signature of its content. A contract that names no key gets the key's own name. */
export async function signedDocument({ bytes, path, fields, edits }: DocumentToSign, key: SigningKey): Promise<SignedDocument> {
  if (fields.signature.kind !== 'pointer') throw new Failure('USAGE', `Cannot sign ${JSON.stringify(path)}: the configuration maps its signature to no member of the document, expected a JSON pointer. Change \`fields\`.`);
  const named = fieldValue(valueOf(bytes, path), fields, 'kmsKeyRef', path);
  const kid = typeof named === 'string' ? named : key.kid;
  if (kid === null) throw new Failure('USAGE', `Cannot sign ${JSON.stringify(path)}: neither the contract's kmsKeyRef nor the key's kid names the key, expected one that stands in a key file. Set kmsKeyRef in the contract.`);
  if (key.kid !== null && key.kid !== kid) throw new Failure('USAGE', `Cannot sign ${JSON.stringify(path)} with the key ${JSON.stringify(key.kid)}: its kmsKeyRef is ${JSON.stringify(kid)}, expected the same. kmsKeyRef is content: change it in the file, then bump again.`);
  const content = [...edits.filter(({ pointer }) => pointer !== fieldPointer(fields, 'signature')), ...(typeof named === 'string' ? [] : [editOf(fields, 'kmsKeyRef', kid)])];
  const edited = editDocument(bytes, path, content);
  const value = contractContent(valueOf(edited, path), fields);
  const standing = fieldValue(valueOf(bytes, path), fields, 'signature', path);
  if (typeof standing === 'string' && (await verifies(standing, value, key))) return { bytes: edited, kid, edits: content };
  const signature = editOf(fields, 'signature', await signContent(value, key, kid));
  return { bytes: editDocument(edited, path, [signature]), kid, edits: [...content, signature] };
}

/** A good signature stays: signing again would give another one and no news. */
async function verifies(written: string, content: JsonValue, { publicKey }: SigningKey): Promise<boolean> {
  const reading = readSignature(written);
  if (reading.kind === 'malformed') return false;
  const answer = await verifySignature({ kind: 'signature', signature: reading.signature, content, contentHash: digestOfValue(content), keys: [publicKey] });
  return answer.kind === 'answered' && answer.value.kind === 'verified';
}

function valueOf(bytes: Uint8Array, path: string): JsonValue {
  const reading = readDocument(bytes, formatOf(path));
  if (reading.kind === 'document') return reading.document.value;
  throw new Failure('EDIT_FAILED', `Cannot sign ${path}: ${reading.problem.message}`);
}
