using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace MedTune.Tests.House;

/// <summary>What a user of an assembly can call, as sorted text: one line per type, one per member.</summary>
internal static class PublicApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Print(Assembly assembly) => Print(assembly.GetExportedTypes());

    public static string Print(IEnumerable<Type> types)
    {
        StringBuilder text = new();
        foreach (IGrouping<string?, Type> space in types.GroupBy(type => type.Namespace).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(text.Length == 0 ? "" : "\n").Append("namespace ").Append(space.Key).Append('\n');
            foreach (Type type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append("\n  ").Append(DeclarationOf(type)).Append('\n');
                foreach (string member in MembersOf(type))
                {
                    text.Append("    ").Append(member).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static string DeclarationOf(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            MethodInfo invoke = type.GetMethod("Invoke")!;
            return $"delegate {ReturnOf(invoke)} {ApiTypeNames.Of(type)}({ParametersOf(invoke)})";
        }

        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(IsRecord(type) ? "record " : "")}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(IsRecord(type) ? "record" : "class")}",
        };
        List<string> parents = [];
        if (type.BaseType is { } parent && !type.IsValueType && parent != typeof(object))
        {
            parents.Add(ApiTypeNames.Of(parent));
        }

        if (!type.IsEnum)
        {
            HashSet<Type> inherited = [.. type.BaseType?.GetInterfaces() ?? [], .. type.GetInterfaces().SelectMany(known => known.GetInterfaces())];
            parents.AddRange(type.GetInterfaces()
                .Where(known => known.IsPublic && !inherited.Contains(known) && !(IsRecord(type) && IsEquatable(known)))
                .Select(known => ApiTypeNames.Of(known))
                .Order(StringComparer.Ordinal));
        }

        return $"{kind} {ApiTypeNames.Of(type)}{(parents.Count == 0 ? "" : " : " + string.Join(", ", parents))}{ConstraintsOf(type.GetGenericArguments())}";
    }

    private static IEnumerable<string> MembersOf(Type type)
    {
        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .OrderBy(field => Convert.ToInt64(field.GetRawConstantValue(), null))
                .Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), null)}");
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        IEnumerable<string> constructors = type.GetConstructors(Declared)
            .Where(IsOpen).Where(IsWritten).Select(constructor => $"{AccessOf(constructor)}{type.Name.Split('`')[0]}({ParametersOf(constructor)})");
        IEnumerable<string> methods = type.GetMethods(Declared)
            .Where(IsOpen).Where(IsWritten).Where(IsOwn)
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            .Select(method => $"{ModifiersOf(method)}{ReturnOf(method)} {method.Name}{GenericsOf(method)}({ParametersOf(method)}){ConstraintsOf(method.GetGenericArguments())}");
        IEnumerable<string> properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(true).Any(accessor => IsOpen(accessor) && IsOwn(accessor)) && IsWritten(property))
            .Select(PropertyOf);
        IEnumerable<string> fields = type.GetFields(Declared)
            .Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Select(FieldOf);
        IEnumerable<string> events = type.GetEvents(Declared)
            .Where(one => IsOpen(one.AddMethod!))
            .Select(one => $"{ModifiersOf(one.AddMethod!)}event {ApiTypeNames.Of(one.EventHandlerType!)} {one.Name}");
        return constructors.Concat(fields).Concat(properties).Concat(events).Concat(methods).Order(StringComparer.Ordinal);
    }

    private static string PropertyOf(PropertyInfo property)
    {
        MethodInfo[] accessors = [.. property.GetAccessors(true).Where(IsOpen)];
        string index = property.GetIndexParameters() is { Length: > 0 } parameters ? $"[{string.Join(", ", parameters.Select(ParameterOf))}]" : "";
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        IEnumerable<string> verbs = accessors.Select(accessor => accessor == property.GetMethod ? "get;" : isInit ? "init;" : "set;").Order(StringComparer.Ordinal);
        string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        string name = index.Length > 0 ? "this" : property.Name;
        return $"{ModifiersOf(accessors[0])}{required}{ApiTypeNames.Of(property.PropertyType, new NullabilityInfoContext().Create(property))} {name}{index} {{ {string.Join(' ', verbs)} }}";
    }

    private static string FieldOf(FieldInfo field)
    {
        string access = field.IsPublic ? "" : "protected ";
        string type = ApiTypeNames.Of(field.FieldType, new NullabilityInfoContext().Create(field));
        return field.IsLiteral
            ? $"{access}const {type} {field.Name} = {ApiTypeNames.Constant(field.GetRawConstantValue(), field.FieldType)}"
            : $"{access}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    private static string ReturnOf(MethodInfo method) =>
        (method.ReturnType.IsByRef ? method.ReturnParameter.IsDefined(typeof(IsReadOnlyAttribute)) ? "ref readonly " : "ref " : "") +
        ApiTypeNames.Of(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter));

    private static string ParametersOf(MethodBase method) => string.Join(", ", method.GetParameters().Select(ParameterOf));

    private static string ParameterOf(ParameterInfo parameter)
    {
        string passing = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true, ParameterType.IsByRef: true } => "in ",
            { ParameterType.IsByRef: true } => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ when parameter is { Position: 0, Member: MethodInfo { IsStatic: true } } && parameter.Member.IsDefined(typeof(ExtensionAttribute)) => "this ",
            _ => "",
        };
        string type = ApiTypeNames.Of(parameter.ParameterType, new NullabilityInfoContext().Create(parameter));
        return $"{passing}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + ApiTypeNames.Constant(parameter.DefaultValue, parameter.ParameterType) : "")}";
    }

    private static string GenericsOf(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string ConstraintsOf(Type[] arguments)
    {
        StringBuilder text = new();
        foreach (Type argument in arguments.Where(argument => argument.IsGenericParameter))
        {
            GenericParameterAttributes attributes = argument.GenericParameterAttributes;
            bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
            List<string> parts = [];
            if (isStruct)
            {
                parts.Add(argument.GetCustomAttributesData().Any(data => data.AttributeType.Name == "IsUnmanagedAttribute") ? "unmanaged" : "struct");
            }
            else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            {
                parts.Add("class");
            }

            parts.AddRange(argument.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(type => ApiTypeNames.Of(type)).Order(StringComparer.Ordinal));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
            {
                parts.Add("new()");
            }

            text.Append(parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}");
        }

        return text.ToString();
    }

    private static string ModifiersOf(MethodInfo method) =>
        AccessOf(method) + (method.IsStatic ? "static " : "") +
        (method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsInterface ? method.IsAbstract ? "abstract " : "virtual " :
            method is { IsStatic: true, IsAbstract: true } ? "abstract " : "");

    private static string AccessOf(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static bool IsOpen(MethodBase method) =>
        method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed);

    // What the compiler adds to a record follows from its declaration.
    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute));

    // An override says nothing that its base did not.
    private static bool IsOwn(MethodInfo method) => method.GetBaseDefinition() == method;

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$", Declared) is not null || type is { IsValueType: true } && type.GetMethod("PrintMembers", Declared) is not null;

    private static bool IsEquatable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEquatable<>);
}
