using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints how a parameter gets its service, and which services a plugin cannot do without.</summary>
internal static class ServiceCode
{
    private const string Services = "global::Orchestra.Sdk.Binding.Services";
    private const string Parameter = "global::Orchestra.Sdk.ServiceParameter";

    /// <summary>The expression for the service.</summary>
    public static string Of(ServiceModel service, MethodModel method) => service.DefaultExpression switch
    {
        null => $"{Services}.Get<{service.FullName}>(context.Services, {Names(service, method)})",
        "null" => $"{Services}.Find<{service.FullName}>(context.Services)!",
        var otherwise => $"{Services}.Find<{service.FullName}>(context.Services) ?? {otherwise}",
    };

    /// <summary>Writes the list; nothing where no service must be there.</summary>
    public static void WriteList(SourceWriter writer, PluginModel plugin)
    {
        var needed = plugin.Tools.Select(tool => (tool.Method, tool.Parameters))
            .Concat(plugin.Prompts.Select(prompt => (prompt.Method, prompt.Parameters)))
            .Concat(plugin.Events.Select(handler => (handler.Method, handler.Parameters)))
            .SelectMany(member => Needed(member.Parameters).Select(service => Names(service, member.Method)))
            .ToList();
        if (needed.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line($"public override global::System.Collections.Generic.IReadOnlyList<{Parameter}> Services =>");
        writer.Line("[");
        writer.Indented(() =>
        {
            foreach (var service in needed)
            {
                writer.Line($"new {Parameter}({service}),");
            }
        });
        writer.Line("];");
    }

    private static IEnumerable<ServiceModel> Needed(IEnumerable<ParameterModel> parameters) =>
        parameters.Select(parameter => parameter.Service).OfType<ServiceModel>().Where(service => service.DefaultExpression is null);

    private static string Names(ServiceModel service, MethodModel method) =>
        $"{Literals.Of(method.Name.TrimStart('@'))}, {Literals.Of(service.Parameter)}, {Literals.Of(service.DisplayName)}";
}
