namespace Orchestra.Sdk.Tests.Interop;

/// <summary>The packed SDK in a project outside this tree, beside packages that plugins have.</summary>
public sealed class PackageNeighborsTests
{
    /// <summary>The newest that are served: the SDK's own dependencies must go up with them.</summary>
    private const string Neighbors = """
        <PackageReference Include="Google.Protobuf" Version="3.36.2" />
            <PackageReference Include="Microsoft.Data.Sqlite" Version="11.0.0" />
            <PackageReference Include="Microsoft.Extensions.Hosting" Version="11.0.0" />
            <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="11.0.0" />
            <PackageReference Include="OpenTelemetry" Version="1.20.1" />
            <PackageReference Include="Serilog.Extensions.Hosting" Version="10.0.0" />
        """;

    [Test]
    public async Task Builds_and_runs_with_the_newest_of_what_plugins_use()
    {
        using var project = new TemporaryFolder();
        await PackedSdk.WriteSourcesAsync(project);
        await File.WriteAllTextAsync(project.File("plugin.csproj"), PackedSdk.Project(Neighbors));
        await File.WriteAllTextAsync(project.File("Books.cs"), """
            using Microsoft.Data.Sqlite;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using OpenTelemetry;
            using OpenTelemetry.Trace;
            using Orchestra.Sdk;
            using Serilog;

            var builder = Host.CreateApplicationBuilder();
            builder.Services.AddSerilog();
            builder.Services.AddSingleton(new SqliteConnection("Data Source=:memory:"));
            using IHost host = builder.Build();
            using TracerProvider tracing = OpenTelemetry.Sdk.CreateTracerProviderBuilder().AddSource("Orchestra.Sdk").Build();
            if (args is ["call"])
            {
                await using var plugin = ExportedPlugin.For(new Books(host.Services.GetRequiredService<SqliteConnection>()));
                Console.WriteLine(await plugin.CallToolAsync("sum"));
                return 0;
            }

            return await Plugin.RunAsync<Books>(args, host.Services, services => new Books(services.GetRequiredService<SqliteConnection>()));

            /// <summary>Reads from a database.</summary>
            [Plugin("tools.books")]
            public sealed partial class Books(SqliteConnection connection)
            {
                /// <summary>Adds by SQL.</summary>
                [Tool]
                public long Sum()
                {
                    connection.Open();
                    using SqliteCommand command = connection.CreateCommand();
                    command.CommandText = "SELECT 40 + 2";
                    return (long)command.ExecuteScalar()!;
                }
            }
            """);

        await PackedSdk.DotnetAsync(project.Path, "build", "-warnaserror");
        string program = Path.Combine(project.Path, "bin", "Debug", "net10.0", "plugin.dll");

        Assert.That(await PackedSdk.DotnetAsync(project.Path, "exec", program, "call"), Does.Contain("\"data\": 42"));
        Assert.That(await PackedSdk.DotnetAsync(project.Path, "exec", program, "--manifest"), Does.StartWith("{\"id\":\"tools.books\","));
    }

    [Test]
    public async Task Takes_the_lowest_of_its_own_dependencies_where_nobody_wants_more()
    {
        using var project = new TemporaryFolder();
        await PackedSdk.WriteSourcesAsync(project);
        await File.WriteAllTextAsync(project.File("plugin.csproj"), PackedSdk.Project());

        await PackedSdk.DotnetAsync(project.Path, "restore");

        Assert.That(
            await PackedSdk.DotnetAsync(project.Path, "list", "package", "--include-transitive", "--no-restore"),
            Does.Match("BouncyCastle.Cryptography +2.7.0").And.Match("Google.Protobuf +3.35.1").And.Match("Microsoft.Extensions.Logging.Abstractions +8.0.0"));
    }

    [Test]
    public async Task Says_at_restore_that_an_older_framework_does_not_fit()
    {
        using var project = new TemporaryFolder();
        await PackedSdk.WriteSourcesAsync(project);
        await File.WriteAllTextAsync(project.File("plugin.csproj"), PackedSdk.Project(framework: "net8.0"));

        Assert.That(
            await PackedSdk.DotnetAsync(project.Path, exitCode: 1, "restore"),
            Does.Match("error NU1202: Package Orchestra.Sdk .* is not compatible with net8.0"));
    }
}
