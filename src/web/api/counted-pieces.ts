import type { ApiAnswer } from './operation.ts';

type Pieces = Extract<ApiAnswer, { readonly kind: 'pieces' }>;

/** Pieces of which the first is there, so that what fails until then is answered as a problem. Counted while they are read, however that ends. */
export async function countedPieces(pieces: AsyncGenerator<string, void>, reading: { count: number }, type: Pieces['type']): Promise<Pieces> {
  const rest = counted(pieces, reading);
  const first = await rest.next();
  return { kind: 'pieces', type, first: first.done === true ? '' : first.value, rest };
}

async function* counted(pieces: AsyncGenerator<string, void>, reading: { count: number }): AsyncGenerator<string, void> {
  reading.count += 1;
  try {
    yield* pieces;
  } finally {
    reading.count -= 1;
  }
}
