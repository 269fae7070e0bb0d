using Orchestra.Sdk.Tests.Certificates;

return await CertificateProcess.RunAsync(args);
