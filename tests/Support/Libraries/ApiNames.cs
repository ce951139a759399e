using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CitiesOfLearning.Tests.Support.Libraries;

/// <summary>Types and signatures as C# writes them, without namespaces but for where a type is.</summary>
internal static class ApiNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(uint)] = "uint",
        [typeof(ulong)] = "ulong",
        [typeof(void)] = "void",
    };

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Full(Type type) =>
        type.DeclaringType is { } outer ? $"{Full(outer)}.{Of(type)}" : $"{type.Namespace}.{Of(type)}";

    public static string Simple(Type type) => type.Name.Split('`')[0];

    /// <summary>Class, record, enum and the like, with what it derives from.</summary>
    public static string Kind(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
        {
            return type.IsEnum ? "enum" : "delegate";
        }

        // What the compiler adds to a record, and to nothing else.
        var isRecord = type.GetMethod("<Clone>$") is not null
            || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null);
        var isPlain = type.BaseType is null || type.BaseType == typeof(object) || type.BaseType == typeof(ValueType);
        var interfaces = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(i => !(isRecord && i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEquatable<>)))
            .Select(Of).Order(StringComparer.Ordinal);
        return string.Join(", ", [Kind(type, isRecord), .. isPlain ? [] : new[] { Of(type.BaseType!) }, .. interfaces]);
    }

    private static string Kind(Type type, bool isRecord)
    {
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (isRecord ? "record struct" : "struct");
        }

        var modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return modifier + (isRecord ? "record" : "class");
    }

    public static string Signature(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Of))}>" : "";
        return method.Name + generic + Parameters(method);
    }

    public static string Parameters(MethodBase method) => Parameters(method.GetParameters(), "()");

    public static string Parameters(IEnumerable<ParameterInfo> parameters, string brackets) =>
        brackets[0] + string.Join(", ", parameters.Select(Of)) + brackets[1];

    public static string Returned(MethodInfo method)
    {
        var access = method.IsPublic ? "" : "protected ";
        var modifier = method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface || !method.IsVirtual || method.IsFinal ? ""
            : method.IsAbstract ? "abstract "
            : "virtual ";
        return access + modifier + Of(Nullability.Create(method.ReturnParameter));
    }

    public static string Of(PropertyInfo property) =>
        (property.GetAccessors(true)[0].IsStatic ? "static " : "")
        + (property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "")
        + Of(Nullability.Create(property));

    public static string Of(EventInfo @event) => Of(@event.EventHandlerType!);

    public static string Field(FieldInfo field) => field switch
    {
        { FieldType.IsEnum: true, IsLiteral: true } => Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!,
        { IsLiteral: true } => $"const {Of(field.FieldType)} = {Constant(field.GetRawConstantValue())}",
        _ => (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "") + Of(Nullability.Create(field)),
    };

    public static string Of(ParameterInfo parameter)
    {
        var passed = parameter.IsOut ? "out "
            : parameter.IsIn ? "in "
            : parameter.ParameterType.IsByRef ? "ref "
            : parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params "
            : "";
        var isExtended = parameter.Position == 0 && parameter.Member.IsDefined(typeof(ExtensionAttribute));
        var type = (isExtended ? "this " : "") + passed + Of(Nullability.Create(parameter));
        return $"{type} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}".TrimEnd();
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        var value when parameter.ParameterType.IsEnum => $"{Enum.ToObject(parameter.ParameterType, value)}",
        var value => Constant(value),
    };

    private static string Constant(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Of(NullabilityInfo info)
    {
        if (Nullable.GetUnderlyingType(info.Type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        // What is passed by reference is described as what it refers to.
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var name = info switch
        {
            { ElementType: { } element } => Of(element) + "[]",
            { GenericTypeArguments: [_, ..] arguments } => $"{Simple(type)}<{string.Join(", ", arguments.Select(Of))}>",
            _ => Of(type),
        };
        return info.ReadState == NullabilityState.Nullable && !type.IsValueType ? name + "?" : name;
    }

    private static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        return type switch
        {
            { IsArray: true } => Of(type.GetElementType()!) + "[]",
            { IsGenericType: true } => $"{Simple(type)}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>",
            _ => type.Name,
        };
    }
}
