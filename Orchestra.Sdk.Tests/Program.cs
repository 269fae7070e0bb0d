using Orchestra.Sdk.Tests.Certificates;
using Orchestra.Sdk.Tests.Interop;

return args is [BuiltPluginProcess.Command, .. string[] flags]
    ? await BuiltPluginProcess.RunAsync(flags)
    : await CertificateProcess.RunAsync(args);
