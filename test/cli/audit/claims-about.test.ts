import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GitClaims } from '../../../src/audit/git-claims.ts';
import { claimsAbout } from '../../../src/cli/audit/claims-about.ts';
import { isFailure } from '../../builders/is-failure.ts';

function claims(account: number, repositoryId: number, name: string, silent: readonly number[] = [1]): GitClaims {
  return { account, repositoryId, name, releases: [], silent: [...silent], retired: new Set(), commits: new Set() };
}

const git = { history: () => assert.fail() } as never;
const clone = (name: string | null, isStated = false) => ({ git, name, isStated });

suite('claimsAbout()', () => {
  test('finds the repository by its name, whatever its letters', () => {
    const [shop, other] = [claims(3, 5, 'acme/shop'), claims(3, 6, 'acme/other')];
    assert.equal(claimsAbout(clone('Acme/Shop'), [other, shop]), shop);
  });

  test('refuses a name that two logs have, and says how to tell which is meant', () => {
    const both = [claims(3, 5, 'acme/shop'), claims(8, 5, 'acme/shop')];
    assert.throws(() => claimsAbout(clone('acme/shop', true), both), isFailure('USAGE', /2 repositories are called "acme\/shop": repository 5 in the log of account 3, repository 5 in the log of account 8\. Say which log is meant with --account <id>\./));
  });

  test('refuses a name that two repositories of one log have', () => {
    assert.throws(() => claimsAbout(clone('acme/shop'), [claims(3, 5, 'acme/shop'), claims(3, 9, 'acme/shop')]), isFailure('USAGE', /repository 9 in the log of account 3\. A clone is compared only/));
  });

  test('is not misled by one of the same name of which nothing was released', () => {
    const shop = claims(8, 5, 'acme/shop');
    assert.equal(claimsAbout(clone('acme/shop'), [claims(3, 4, 'acme/shop', []), shop]), shop);
  });
});
