import { describe } from 'node:test';
import { auditSuite } from './store/audit-suite.ts';
import { bundleSuite } from './store/bundle-suite.ts';
import { confidenceSuite } from './store/confidence-suite.ts';
import { deliverySuite } from './store/delivery-suite.ts';
import { effectSuite } from './store/effect-suite.ts';
import { issueSuite } from './store/issue-suite.ts';
import { judgingSuite } from './store/judging-suite.ts';
import { leftoverSuite } from './store/leftover-suite.ts';
import { queueSuite } from './store/queue-suite.ts';
import { recordSuite } from './store/record-suite.ts';
import { remediationSuite } from './store/remediation-suite.ts';
import { retentionSuite } from './store/retention-suite.ts';
import { sampleSuite } from './store/sample-suite.ts';
import { scanSuite } from './store/scan-suite.ts';
import { searchSuite } from './store/search-suite.ts';
import { usageSuite } from './store/usage-suite.ts';
import { aSuite } from './store/suite.ts';
import type { OpenStore } from './store/suite.ts';

/** Everything that `Store` promises. Every store passes it, the one in memory too, so that a fake can not lie. */
export function storeSuite(title: string, open: OpenStore): void {
  describe(title, () => {
    const suite = aSuite(open);
    queueSuite(suite);
    deliverySuite(suite);
    auditSuite(suite);
    judgingSuite(suite);
    effectSuite(suite);
    recordSuite(suite);
    remediationSuite(suite);
    issueSuite(suite);
    leftoverSuite(suite);
    confidenceSuite(suite);
    sampleSuite(suite);
    scanSuite(suite);
    searchSuite(suite);
    usageSuite(suite);
    bundleSuite(suite);
    retentionSuite(suite);
  });
}
