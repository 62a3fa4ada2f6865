using Acme;
using Warehouse.Devices.Conformance;

// Prints the grade; --seed N draws other faults. Ends with 0 when every check passed.
var report = ConformanceReport.Of(new AcmeSubject(), args is ["--seed", var seed] ? int.Parse(seed) : 1);
Console.Write(report);
return report.Grade == 'A' ? 0 : 1;
