using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a parameter of a tool into a model.</summary>
internal readonly struct ParameterParser(
    IParameterSymbol parameter, string toolName, DocumentationComment documentation, DiagnosticSink diagnostics)
{
    /// <summary>The model; null where the parameter cannot be one of a tool, which was reported.</summary>
    public ParameterModel? Parse()
    {
        if (parameter.RefKind != RefKind.None)
        {
            diagnostics.Report(
                DiagnosticDescriptors.ParameterByReference, Location, parameter.Name, toolName, parameter.RefKind switch
                {
                    RefKind.Out => "out",
                    RefKind.In => "in",
                    RefKind.Ref => "ref",
                    _ => "ref readonly",
                });
            return null;
        }

        if (parameter.Type.Is(MetadataNames.CancellationToken))
        {
            return new ParameterModel(ParameterRole.CancellationToken, Property: null);
        }

        if (parameter.Type.Is(MetadataNames.ToolContext))
        {
            return new ParameterModel(ParameterRole.ToolContext, Property: null);
        }

        return ParseProperty() is { } property ? new ParameterModel(ParameterRole.Argument, property) : null;
    }

    private Location? Location => parameter.Locations.FirstOrDefault();

    private PropertyModel? ParseProperty()
    {
        var attribute = parameter.FindAttribute(MetadataNames.ArgumentAttribute);
        var name = attribute?.NamedArgument("Name") as string ?? parameter.Name;
        var nameIsValid = Names.IsArgumentName(name);
        if (!nameIsValid)
        {
            diagnostics.Report(DiagnosticDescriptors.InvalidArgumentName, attribute?.Location(parameter) ?? Location, name);
        }

        if (TypeParser.Parse(parameter.Type) is not { } type)
        {
            diagnostics.Report(
                DiagnosticDescriptors.UnsupportedParameterType, Location, parameter.Name, toolName, parameter.Type.ToDisplayString());
            return null;
        }

        var constraints = new ConstraintParser(parameter, parameter.Type, type, diagnostics).Parse();
        if (DefaultValue.Fault(parameter, type, constraints) is { } fault)
        {
            diagnostics.Report(DiagnosticDescriptors.DefaultBreaksConstraint, Location, parameter.Name, fault);
        }

        var isRequired = !parameter.HasExplicitDefaultValue && !parameter.IsParams && type is not NullableType;
        var description = attribute?.NamedArgument("Description") as string
            ?? parameter.FindAttribute(MetadataNames.Description)?.ConstructorArgument(0) as string
            ?? documentation.Param(parameter.Name);

        return nameIsValid
            ? new PropertyModel(
                name, description, type, constraints, isRequired, isRequired ? null : DefaultValue.Expression(parameter, type))
            : null;
    }
}
