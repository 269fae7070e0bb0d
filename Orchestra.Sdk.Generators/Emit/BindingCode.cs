using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints how the arguments of a method are read.</summary>
internal static class BindingCode
{
    /// <summary>Reads each argument into a local; what is wrong is known afterwards.</summary>
    public static void WriteArguments(SourceWriter writer, IEnumerable<ParameterModel> parameters)
    {
        var index = 0;
        foreach (var property in parameters.Select(parameter => parameter.Property).OfType<PropertyModel>())
        {
            WriteArgument(writer, property, Literals.Of(index++));
        }
    }

    /// <summary>The list of the arguments' names, as C#.</summary>
    public static string Names(IEnumerable<ParameterModel> parameters) =>
        $"[{string.Join(", ", parameters.Where(parameter => parameter.Property is not null).Select(parameter => Literals.Of(parameter.Property!.Name)))}]";

    /// <summary>The call of the user's method with what was read and what is injected.</summary>
    public static string Call(string methodName, IEnumerable<ParameterModel> parameters)
    {
        var index = 0;
        var values = parameters.Select(parameter => parameter.Role switch
        {
            ParameterRole.CancellationToken => "cancellationToken",
            ParameterRole.Context => "context",
            ParameterRole.Delivery => "delivery",
            ParameterRole.Progress => $"context.ProgressOf<{parameter.ProgressType}>()",
            _ => "value" + Literals.Of(index++),
        });
        return $"plugin.{methodName}({string.Join(", ", values)})";
    }

    private static void WriteArgument(SourceWriter writer, PropertyModel property, string index)
    {
        var find = property.IsRequired ? "Require" : "Find";
        var read = ReadExpression.Of(property.Type.WithoutNullable(), property.Constraints, "argument" + index);
        writer.Line($"{property.Type.FullName} value{index} = arguments.{find}({Literals.Of(property.Name)}, out var argument{index})");
        writer.Indented(() =>
        {
            writer.Line("? " + read);
            writer.Line($": {property.DefaultExpression ?? "default!"};");
        });
    }
}
