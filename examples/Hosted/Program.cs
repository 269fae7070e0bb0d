using Microsoft.Extensions.Hosting;
using Orchestra.Examples.Hosted;
using Orchestra.Sdk.Hosting;

// Without the arguments, which are the plugin's.
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Services.AddPages();
return await builder.Build().RunOrchestraPluginAsync(args);
