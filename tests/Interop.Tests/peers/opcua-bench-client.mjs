// What bench/OpcUa's own client is, on node-opcua; says BEGIN and END around each figure, as that one does.
// usage: node opcua-bench-client.mjs URL SECONDS PKI_FOLDER
import { createRequire } from "node:module";
const ua = createRequire(import.meta.url)("node-opcua");
const [url, seconds, pki] = process.argv.slice(2);
const certificates = new ua.OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
await certificates.initialize();
const connect = async left => {
  const client = ua.OPCUAClient.create({
    clientCertificateManager: certificates, applicationName: "bench", endpointMustExist: false, connectionStrategy: { maxRetry: 0 },
    securityPolicy: ua.SecurityPolicy.Basic256Sha256, securityMode: ua.MessageSecurityMode.SignAndEncrypt });
  try { await client.connect(url); return client; } catch (refused) { if (left === 0) throw refused; await new Promise(done => setTimeout(done, 300)); return connect(left - 1); }
};
const session = await (await connect(20)).createSession();
const nodes = Array.from({ length: 5000 }, (_, item) => ({ nodeId: "ns=1;s=v" + item, attributeId: ua.AttributeIds.Value }));
const end = (name, count, elapsed, lags = []) => {
  lags.sort((a, b) => a - b);
  const at = share => (lags[Math.floor(lags.length * share)] ?? 0).toFixed(1);
  console.log(`END ${name} ${count} ${elapsed.toFixed(3)} ${at(0.5)} ${at(0.99)}`);
};
const repeat = async (name, warmup, what) => {
  for (let i = 0; i < warmup; i++) await what();
  console.log("BEGIN " + name);
  const began = performance.now();
  let count = 0;
  for (; performance.now() - began < seconds * 1000; count++) await what();
  end(name, count, (performance.now() - began) / 1000);
};
await repeat("read", 200, () => session.read(nodes[0]));
const thousand = nodes.slice(0, 1000);
await repeat("read1000", 20, () => session.read(thousand));
const subscription = await session.createSubscription2({
  requestedPublishingInterval: 100, requestedLifetimeCount: 3000, requestedMaxKeepAliveCount: 20, maxNotificationsPerPublish: 10000, publishingEnabled: true });
const group = ua.ClientMonitoredItemGroup.create(subscription, nodes, { samplingInterval: 100, queueSize: 2, discardOldest: true }, ua.TimestampsToReturn.Both);
const lags = [];
let counting = false;
group.on("changed", (_, value) => { if (counting) lags.push(performance.timeOrigin + performance.now() - value.value.value); });
const sleep = time => new Promise(done => setTimeout(done, time));
await new Promise(done => group.on("initialized", done));
await sleep(2000);
console.log("BEGIN subscription");
const began = performance.now();
counting = true;
await sleep(seconds * 1000);
counting = false;
const elapsed = (performance.now() - began) / 1000;
await sleep(300);
end("subscription", lags.length, elapsed, lags);
process.exit(0);
