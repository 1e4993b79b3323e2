import { supportFeatures } from '../../../src/domain/support/support-features.ts';
import { lookAt, supportOf } from '../../../src/domain/support/support-of.ts';
import type { Support } from '../../../src/domain/support/support-of.ts';
import type { Scored } from './area-under-curve.ts';
import { fitLogistic } from './fit-logistic.ts';
import type { LogisticFit } from './fit-logistic.ts';
import type { LabelledClaim } from './labelled-claim.ts';

export interface ScoredClaim extends Scored {
  readonly support: Support;
}

/** By the weights that are shipped. */
export function scoredClaims(claims: readonly LabelledClaim[]): readonly ScoredClaim[] {
  return claims.map(({ claim, passage, isSupported, document }) => {
    const support = supportOf(claim, [passage]);
    return { support, score: support.score, isSupported, document };
  });
}

/** By one feature alone, in the order of `supportFeatures`. */
export function featureRows(claims: readonly LabelledClaim[]): readonly { readonly features: readonly number[]; readonly isSupported: boolean; readonly document: string }[] {
  return claims.map(({ claim, passage, isSupported, document }) => {
    const { features } = lookAt(claim, [passage]);
    return { features: supportFeatures.map((name) => features?.[name] ?? 0), isSupported, document };
  });
}

const folds = 10;

/** Each claim by weights that were fitted without its document and those of its fold. */
export function crossValidated(claims: readonly LabelledClaim[]): readonly Scored[] {
  const rows = featureRows(claims);
  const documents = [...new Set(claims.map(({ document }) => document))].toSorted();
  const foldOf = new Map(documents.map((document, index) => [document, index % folds]));
  return Array.from({ length: folds }, (_, fold) => fold).flatMap((fold) => {
    const fit = fitLogistic(rows.filter(({ document }) => foldOf.get(document) !== fold));
    return rows.filter(({ document }) => foldOf.get(document) === fold).map(({ features, isSupported, document }) => ({ score: sumOf(fit, features), isSupported, document }));
  });
}

function sumOf({ weights, bias }: LogisticFit, features: readonly number[]): number {
  return features.reduce((total, value, index) => total + value * (weights[index] ?? 0), bias);
}
