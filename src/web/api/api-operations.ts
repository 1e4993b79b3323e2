import type { JsonObject } from '../../domain/json-value.ts';
import type { Cursors } from './cursor.ts';
import { knownOperation } from './known-operation.ts';
import type { KnownPorts } from './known-operation.ts';
import { openApiDocument } from './openapi-document.ts';
import type { Asked, Operation } from './operation.ts';
import { answerApproval, approve } from './operations/approve.ts';
import type { ApprovePorts } from './operations/approve.ts';
import { answerAskedBundle, askBundleShape } from './operations/ask-bundle.ts';
import type { AskBundlePorts } from './operations/ask-bundle.ts';
import { answerBundle, readBundleShape } from './operations/read-bundle.ts';
import type { BundlePorts } from './operations/read-bundle.ts';
import { answerBundleRequest, readBundleRequest } from './operations/read-bundle-request.ts';
import type { BundleRequestPorts } from './operations/read-bundle-request.ts';
import { answerBundleVerification, verifyBundleShape } from './operations/verify-bundle.ts';
import type { VerifyBundlePorts } from './operations/verify-bundle.ts';
import { answerDescription, describeApi } from './operations/describe-api.ts';
import { answerExport, exportEntries } from './operations/export-entries.ts';
import type { ExportPorts } from './operations/export-entries.ts';
import { answerDecisions, listDecisions } from './operations/list-decisions.ts';
import { answerEntries, listEntries } from './operations/list-entries.ts';
import { answerReads, listReads } from './operations/list-reads.ts';
import { answerDecision, readDecision } from './operations/read-decision.ts';
import { answerCalibration, readCalibration } from './operations/read-calibration.ts';
import type { CalibrationPorts } from './operations/read-calibration.ts';
import { answerEntry, readEntry } from './operations/read-entry.ts';
import type { ReadEntryPorts } from './operations/read-entry.ts';
import { answerStatistics, readStatistics } from './operations/read-statistics.ts';
import type { StatisticsPorts } from './operations/read-statistics.ts';
import { answerUsageExport, exportUsageShape } from './operations/export-usage.ts';
import type { UsageExportPorts } from './operations/export-usage.ts';
import { answerReservation, reserveUsage } from './operations/reserve-usage.ts';
import type { ReservePorts } from './operations/reserve-usage.ts';
import { answerUsage, readUsageShape } from './operations/read-usage.ts';
import type { UsageOverviewPorts } from './operations/read-usage.ts';
import { answerSettlement, settleUsage } from './operations/settle-usage.ts';
import type { SettlePorts } from './operations/settle-usage.ts';
import { evidenceSearch, searchEvidence } from './operations/search-evidence.ts';
import type { EvidencePorts } from './operations/search-evidence.ts';
import { sendSamplesOperation } from './operations/send-samples.ts';
import type { SamplesPorts } from './answer-samples.ts';
import { reading } from './reading.ts';
import type { ReadingPorts } from './reading.ts';

export interface OperationPorts extends KnownPorts, ReadingPorts, Pick<ExportPorts, 'exportLog'>, ApprovePorts, StatisticsPorts, AskBundlePorts, BundleRequestPorts, BundlePorts, Pick<VerifyBundlePorts, 'verifyBundle'>, ReadEntryPorts, CalibrationPorts, EvidencePorts, ReservePorts, SettlePorts, UsageExportPorts, UsageOverviewPorts {
  readonly samples: SamplesPorts;
  readonly cursors: Cursors;
}

/** Everything that the API does, by the name that its description gives it. What stands first at an address answers it. */
export function apiOperations(ports: OperationPorts): Readonly<Record<string, Operation>> {
  const [exporting, exportingUsage, verifying] = [{ count: 0 }, { count: 0 }, { count: 0 }];
  const operations = {
    listEntries: knownOperation(ports, listEntries, reading<Asked<typeof listEntries>>(ports, 'listEntries', (asked, of) => answerEntries(ports, asked, of))),
    exportEntries: knownOperation(ports, exportEntries, reading<Asked<typeof exportEntries>>(ports, 'exportEntries', (asked, of) => answerExport({ exportLog: ports.exportLog, exporting }, asked, of))),
    listReads: knownOperation(ports, listReads, reading<Asked<typeof listReads>>(ports, 'listReads', (asked, of) => answerReads(ports, asked, of))),
    readEntry: knownOperation(ports, readEntry, reading<Asked<typeof readEntry>>(ports, 'readEntry', (asked, of) => answerEntry(ports, asked, of))),
    listDecisions: knownOperation(ports, listDecisions, reading<Asked<typeof listDecisions>>(ports, 'listDecisions', (asked, of) => answerDecisions(ports, asked, of))),
    readDecision: knownOperation(ports, readDecision, reading<Asked<typeof readDecision>>(ports, 'readDecision', (asked, of) => answerDecision(ports, asked, of))),
    askBundle: knownOperation(ports, askBundleShape, reading<Asked<typeof askBundleShape>>(ports, 'askBundle', (asked, of) => answerAskedBundle(ports, asked, of))),
    readBundleRequest: knownOperation(ports, readBundleRequest, reading<Asked<typeof readBundleRequest>>(ports, 'readBundleRequest', (asked, of) => answerBundleRequest(ports, asked, of))),
    readBundle: knownOperation(ports, readBundleShape, reading<Asked<typeof readBundleShape>>(ports, 'readBundle', (asked, of) => answerBundle(ports, asked, of))),
    verifyBundle: knownOperation(ports, verifyBundleShape, reading<Asked<typeof verifyBundleShape>>(ports, 'verifyBundle', (asked, of) => answerBundleVerification({ verifyBundle: ports.verifyBundle, verifying }, asked, of))),
    approve: knownOperation(ports, approve, (asked) => answerApproval(ports, asked)),
    readStatistics: knownOperation(ports, readStatistics, reading<Asked<typeof readStatistics>>(ports, 'readStatistics', (asked, of) => answerStatistics(ports, asked, of))),
    readCalibration: knownOperation(ports, readCalibration, reading<Asked<typeof readCalibration>>(ports, 'readCalibration', (asked, of) => answerCalibration(ports, asked, of))),
    searchEvidence: knownOperation(ports, searchEvidence, evidenceSearch(ports)),
    readUsage: knownOperation(ports, readUsageShape, reading<Asked<typeof readUsageShape>>(ports, 'readUsage', (asked, of) => answerUsage(ports, asked, of))),
    exportUsage: knownOperation(ports, exportUsageShape, reading<Asked<typeof exportUsageShape>>(ports, 'exportUsage', (asked, of) => answerUsageExport({ exportUsage: ports.exportUsage, exporting: exportingUsage }, asked, of))),
    reserveUsage: knownOperation(ports, reserveUsage, (asked) => answerReservation(ports, asked)),
    settleUsage: knownOperation(ports, settleUsage, (asked) => answerSettlement(ports, asked)),
    describeApi: knownOperation(ports, describeApi, () => answerDescription(description())),
    sendSamples: sendSamplesOperation(ports.samples),
  };
  const description = (): JsonObject => openApiDocument(Object.fromEntries(Object.entries(operations).map(([id, { shape }]) => [id, shape])));
  return operations;
}
