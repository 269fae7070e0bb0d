using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Orchestra.Sdk.Generators.Diagnostics;
using Orchestra.Sdk.Generators.Model;

namespace Orchestra.Sdk.Generators.Parsing;

/// <summary>Turns a parameter of a tool, prompt or event handler into a model.</summary>
internal readonly struct ParameterParser(
    IParameterSymbol parameter, PluginMethod method, MemberKind kind, string ownerName, PluginTypes types)
{
    private DiagnosticSink Diagnostics => types.Context.Diagnostics;

    /// <summary>The model; null where the parameter cannot be one of a tool, which was reported.</summary>
    public ParameterModel? Parse()
    {
        if (parameter.RefKind != RefKind.None)
        {
            Diagnostics.Report(
                DiagnosticDescriptors.ParameterByReference, Location, parameter.Name, ownerName, parameter.RefKind switch
                {
                    RefKind.Out => "out",
                    RefKind.In => "in",
                    RefKind.Ref => "ref",
                    _ => "ref readonly",
                }, kind.Word);
            return null;
        }

        var injected = Injected();
        if (ServiceParser.IsService(Declarations))
        {
            return ParseService(isGiven: injected is not null);
        }

        if (injected is not null)
        {
            return injected;
        }

        return ParseProperty() is { } property ? new ParameterModel(ParameterRole.Argument, property) : null;
    }

    private ParameterModel? ParseService(bool isGiven)
    {
        if (ServiceParser.Fault(parameter, Declarations, isGiven) is { } fault)
        {
            var attribute = parameter.FindAttribute(MetadataNames.FromServicesAttribute);
            Diagnostics.Report(
                DiagnosticDescriptors.NoService, attribute?.Location(parameter) ?? Location, parameter.Name, ownerName, kind.Word, fault);
            return null;
        }

        return new ParameterModel(ParameterRole.Service, Service: ServiceParser.Parse(parameter));
    }

    private ParameterModel? Injected() => parameter.Type switch
    {
        var type when type.Is(MetadataNames.CancellationToken) => new ParameterModel(ParameterRole.CancellationToken),
        var type when type.Is(kind.ContextType) => new ParameterModel(ParameterRole.Context),
        var type when kind == MemberKind.EventHandler && type.Is(MetadataNames.EventDelivery) => new ParameterModel(ParameterRole.Delivery),
        INamedTypeSymbol { TypeArguments.Length: 1 } type when kind == MemberKind.Tool && type.Is(MetadataNames.Progress) =>
            new ParameterModel(ParameterRole.Progress, ProgressType: TypeParser.FullName(type.TypeArguments[0])),
        _ => null,
    };

    /// <summary>The parameter, and the same one of what the method overrides or implements.</summary>
    private IEnumerable<IParameterSymbol> Declarations
    {
        get
        {
            var ordinal = parameter.Ordinal;
            return method.Declarations.Select(declaration => declaration.Parameters[ordinal]);
        }
    }

    private Location? Location => parameter.Locations.FirstOrDefault();

    private PropertyModel? ParseProperty()
    {
        var attribute = Declarations.Select(declaration => declaration.FindAttribute(MetadataNames.ArgumentAttribute))
            .FirstOrDefault(attribute => attribute is not null);
        var name = attribute?.NamedArgument("Name") as string ?? types.Context.Names.Argument(parameter);
        var nameIsValid = Names.IsArgumentName(name);
        if (!nameIsValid)
        {
            Diagnostics.Report(DiagnosticDescriptors.InvalidArgumentName, attribute?.Location(parameter) ?? Location, name);
        }

        if (types.Inputs.Parse(OptionalTypes.Unwrap(parameter.Type), out var fault) is not { } type)
        {
            ReportType(fault);
            return null;
        }

        if (kind == MemberKind.Tool && new Portability(types.Inputs, types.Profile).Fault(type) is { } loss)
        {
            Diagnostics.Report(DiagnosticDescriptors.NotPortable, Location, parameter.Name, ownerName, loss);
        }

        var constraints = new ConstraintParser([.. Declarations.Reverse()], parameter, parameter.Type, type, Diagnostics).Parse();
        if (new DefaultCheck(parameter.Type, type, constraints).Fault(DefaultConstant.Of(parameter)) is { } excess)
        {
            Diagnostics.Report(DiagnosticDescriptors.DefaultBreaksConstraint, Location, parameter.Name, excess);
        }

        var optional = OptionalTypes.FullName(parameter.Type);
        var isRequired = optional is null && (Declarations.Any(ConstraintParser.IsMarkedRequired)
            || (!parameter.HasExplicitDefaultValue && !parameter.IsParams && type is not NullableType));
        var text = Declarations.Select(MemberText.Attribute).FirstOrDefault(text => text is not null);
        var comment = text is null ? method.Param(parameter, types.Context) : null;
        return nameIsValid
            ? new PropertyModel(
                name,
                Title: "",
                text ?? comment!.Text,
                type,
                constraints,
                isRequired,
                isRequired ? null : optional is null ? DefaultValue.Expression(parameter, type) : "default",
                isRequired ? null : DefaultValue.Json(parameter, types.Context.Names))
            {
                Comments = comment?.Unknown ?? default,
                Optional = optional,
            }
            : null;
    }

    private void ReportType(string fault)
    {
        if (types.Inputs.IsEndless(fault))
        {
            Diagnostics.Report(
                DiagnosticDescriptors.EndlessType, Location, $"The parameter '{parameter.Name}' of {kind.Word} '{ownerName}'", parameter.Type.ToDisplayString(), fault);
            return;
        }

        var reason = fault.Length > 0 ? fault : TypeFault.Of(parameter.Type, types.Context);
        Diagnostics.Report(
            DiagnosticDescriptors.UnsupportedParameterType,
            Location,
            parameter.Name,
            ownerName,
            parameter.Type.ToDisplayString(),
            reason.Length > 0 ? ": " + reason : "",
            kind.Word);
    }
}
