// A stacker crane as a node-opcua server: the job order receiver of OPC 10031-4, its list kept in a file as a PLC keeps it.
// usage: node opcua-crane.mjs PORT PKI_FOLDER FILE [TOKEN_MILLISECONDS]; prints READY URL.
// FILE has the jobs and, in their order, the ids of those whose load was moved. A line on its input: "cut" breaks every connection, "burst N" writes N positions at once.
import { createRequire } from "node:module";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
const ua = createRequire(import.meta.url)("node-opcua");
const [port, pki, file, token] = process.argv.slice(2);
const certificates = new ua.OPCUACertificateManager({ rootFolder: pki, automaticallyAcceptUnknownCertificate: true });
await certificates.initialize();
const server = new ua.OPCUAServer({
  port: +port, hostname: "127.0.0.1", serverCertificateManager: certificates, allowAnonymous: true,
  nodeset_filename: [ua.nodesets.standard, ua.nodesets.standard.replace(/Opc\.Ua\.NodeSet2\.xml$/, "opc.ua.isa95-jobcontrol.nodeset2.xml")],
  ...(token ? { defaultSecureTokenLifetime: +token } : {}),
  securityPolicies: [ua.SecurityPolicy.None, ua.SecurityPolicy.Basic256Sha256, ua.SecurityPolicy.Aes128_Sha256_RsaOaep, ua.SecurityPolicy.Aes256_Sha256_RsaPss],
  securityModes: [ua.MessageSecurityMode.None, ua.MessageSecurityMode.SignAndEncrypt] });
await server.initialize();
const space = server.engine.addressSpace;
const jobControl = space.getNamespaceIndex("http://opcfoundation.org/UA/ISA95-JOBCONTROL_V2/");
const own = space.getOwnNamespace();
const crane = own.addObject({ organizedBy: space.rootFolder.objects, browseName: "Crane01", nodeId: "s=Crane01", eventNotifier: 1 });
const position = own.addObject({ componentOf: crane, browseName: "Position" });
const number = name => own.addVariable({ componentOf: position, browseName: name, dataType: "Int32", value: { dataType: "Int32", value: 0 } });
const [x, y] = [number("X"), number("Y")];
const text = name => own.addVariable({ componentOf: crane, browseName: name, dataType: "String", value: { dataType: "String", value: "" } });
const [state, load] = [text("State"), text("Load")];
const changed = own.addEventType({ browseName: "CraneJobStatusEventType", subtypeOf: space.findEventType("ISA95JobOrderStatusEventType", jobControl) });
const receiver = space.findObjectType("ISA95JobOrderReceiverObjectType", jobControl)
  .instantiate({ browseName: "JobOrderControl", componentOf: crane, optionals: ["StoreAndStart", "Abort", "Cancel", "Clear"] });
const dataType = name => space.findDataType(name, jobControl);
const make = (name, fields) => space.constructExtensionObject(dataType(name), fields);

// The list survives the process: written aside and renamed after each change, before it is answered.
const states = ["NotAllowedToStart", "AllowedToStart", "Running", "Interrupted", "Ended", "Aborted"];
const { jobs, moved } = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { jobs: [], moved: [] };
const keep = () => { writeFileSync(file + ".new", JSON.stringify({ jobs, moved })); renameSync(file + ".new", file); };
const order = job => make("ISA95JobOrderDataType", {
  jobOrderID: job.id, workMasterID: [{ iD: job.master }],
  jobOrderParameters: job.parameters.map(([iD, value]) => ({ iD, value: new ua.Variant({ dataType: "String", value }) })) });
const stateOf = job => [make("ISA95StateDataType", { stateNumber: states.indexOf(job.state) + 1, stateText: job.reason || job.state })];
receiver.getComponentByName("JobOrderList", jobControl).bindVariable({ get: () => new ua.Variant({
  dataType: "ExtensionObject", arrayType: "Array",
  value: jobs.map(job => make("ISA95JobOrderAndStateDataType", { jobOrder: order(job), state: stateOf(job) })) }) }, true);
const tell = job => crane.raiseEvent(changed, {
  message: { dataType: "LocalizedText", value: job.state }, severity: { dataType: "UInt16", value: 100 },
  jobOrder: { dataType: "ExtensionObject", value: order(job) }, jobState: { dataType: "ExtensionObject", arrayType: "Array", value: stateOf(job) } });
const become = (job, next) => { job.state = next; keep(); tell(job); };

const find = id => jobs.find(job => job.id === id);
const answer = (done, status) => done(null, { statusCode: ua.StatusCodes.Good, outputArguments: [{ dataType: "UInt64", value: [0, status] }] });
const method = (name, run) => receiver.getMethodByName(name, jobControl).bindMethod((inputs, _, done) => answer(done, run(inputs[0].value)));
method("StoreAndStart", wanted => {
  if (find(wanted.jobOrderID)) return 2;
  jobs.push({ id: wanted.jobOrderID, master: wanted.workMasterID?.[0]?.iD ?? "", state: "AllowedToStart", reason: "",
    parameters: (wanted.jobOrderParameters ?? []).map(one => [one.iD, String(one.value.value)]) });
  keep();
  work();
  return 0;
});
const giveUp = id => { const job = find(id); if (!job) return 1; if (job.state !== "AllowedToStart") return 2; job.reason = "given up"; become(job, "Aborted"); return 0; };
method("Abort", giveUp);
method("Cancel", giveUp);
method("Clear", id => {
  const at = jobs.findIndex(job => job.id === id);
  if (at < 0) return 1;
  if (!["Ended", "Aborted"].includes(jobs[at].state)) return 2;
  jobs.splice(at, 1);
  keep();
  return 0;
});

// One job after the other; a job that ran when the power went is done again from its beginning, its load has not been set down.
let busy = false;
const work = () => {
  const job = busy ? undefined : jobs.find(one => one.state === "Running") ?? jobs.find(one => one.state === "AllowedToStart");
  if (!job) return;
  busy = true;
  become(job, "Running");
  state.setValueFromSource({ dataType: "String", value: "ToPick" });
  load.setValueFromSource({ dataType: "String", value: job.parameters.find(one => one[0] === "load")?.[1] ?? "" });
  setTimeout(() => {
    x.setValueFromSource({ dataType: "Int32", value: x.readValue().value.value + 100 });
    load.setValueFromSource({ dataType: "String", value: "" });
    moved.push(job.id);
    busy = false;
    become(job, "Ended");
    work();
  }, 15);
};
createInterface({ input: process.stdin }).on("line", line => {
  if (line === "cut") for (const endpoint of server.endpoints) endpoint.killClientSockets(() => {});
  const burst = /^burst (\d+)$/.exec(line);
  if (burst) for (let i = 1; i <= +burst[1]; i++) y.setValueFromSource({ dataType: "Int32", value: i });
});
await server.start();
console.log("READY " + server.getEndpointUrl());
work();
