using Orchestra.Sdk.Tests.Certificates;
using Orchestra.Sdk.Tests.Fuzzing;
using Orchestra.Sdk.Tests.Interop;

return args switch
{
    [BuiltPluginProcess.Command, .. string[] flags] => await BuiltPluginProcess.RunAsync(flags),
    [FuzzProgram.Command, .. string[] options] => FuzzProgram.Run(options),
    _ => await CertificateProcess.RunAsync(args),
};
