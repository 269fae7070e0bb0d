using System.Collections.Generic;
using System.Linq;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Emit;

/// <summary>Prints how the arguments of a method are read.</summary>
internal static class BindingCode
{
    private const string Reader = "global::Orchestra.Sdk.Binding.ArgumentReader";

    /// <summary>What the reader of a tool's arguments is made of.</summary>
    public static string OfTool(ToolModel tool) => $"request, context, strict: {Literals.Of(tool.Strict)}";

    /// <summary>Reads each argument into a local, and returns when something is wrong with them.</summary>
    /// <param name="writer">Takes the code.</param>
    /// <param name="source">What the reader is made of.</param>
    /// <param name="parameters">The parameters, of which some may not be read.</param>
    /// <param name="reject">The reader's method that says what is wrong.</param>
    /// <param name="isAsync">Whether it is an async method that returns.</param>
    /// <param name="nullIsValue">Whether null is another thing than nothing where a type takes it.</param>
    /// <param name="names">Those of the method that it stands in.</param>
    /// <returns>The locals, one for each parameter that is read.</returns>
    public static List<string> WriteArguments(
        SourceWriter writer, string source, IEnumerable<ParameterModel> parameters, string reject, bool isAsync, bool nullIsValue, LocalNames names)
    {
        var properties = parameters.Select(parameter => parameter.Property).OfType<PropertyModel>().ToList();
        writer.Line($"var arguments = new {Reader}({source});");
        var values = new List<string>();
        foreach (var property in properties)
        {
            values.Add(ValueCode.Write(writer, "arguments", property, isGivenKept: false, nullIsValue, names).Value);
        }

        WriteRejection(writer, $"{reject}([{string.Join(", ", properties.Select(property => Literals.Of(property.Name)))}])", isAsync);
        return values;
    }

    /// <summary>Reads the payload of an event as one value, and returns when something is wrong with it.</summary>
    /// <returns>The local.</returns>
    public static string WritePayload(SourceWriter writer, PropertyModel payload, bool isAsync, LocalNames names)
    {
        var (argument, value) = (names.Next("argument"), names.Next("value"));
        writer.Line($"var arguments = new {Reader}(delivery, context);");
        writer.Line($"var {argument} = arguments.Whole();");
        writer.Line($"{payload.Type.FullName} {value} = {ReadExpression.Of(payload.Type.WithoutNullable(), payload.Constraints, argument, names)};");
        WriteRejection(writer, "RejectPayload()", isAsync);
        return value;
    }

    /// <summary>The call of the user's method with what was read and what is injected.</summary>
    public static string Call(MethodModel method, IEnumerable<ParameterModel> parameters, IReadOnlyList<string> values)
    {
        var index = 0;
        var arguments = parameters.Select(parameter => parameter.Role switch
        {
            ParameterRole.CancellationToken => "cancellationToken",
            ParameterRole.Context => "context",
            ParameterRole.Delivery => "delivery",
            ParameterRole.Service => ServiceCode.Of(parameter.Service!, method),
            ParameterRole.Progress => $"context.ProgressOf<{parameter.ProgressType}>()",
            _ => values[index++],
        });
        return $"{method.Receiver}.{method.Name}({string.Join(", ", arguments)})";
    }

    private static void WriteRejection(SourceWriter writer, string reject, bool isAsync)
    {
        writer.Open($"if (arguments.{reject} is {{ }} rejection)");
        writer.Line(isAsync ? "return rejection;" : "return new(rejection);");
        writer.Close();
        writer.Line();
    }
}
