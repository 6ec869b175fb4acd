using System.Reflection;
using MedTune.Tensors;

namespace MedTune.Tests.House;

/// <summary>What applications call names no type of the engine: graphs and tensors stay behind MedTune, Prediction and Data.</summary>
public sealed class PublicSignatureTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] EngineAssemblies = ["MedTune.Tensors", "MedTune.Graphs", "MedTune.Training"];

    [Theory]
    [InlineData("MedTune")]
    [InlineData("MedTune.Prediction")]
    [InlineData("MedTune.Data")]
    public void PublicSignatures_NameNoTypeOfTheEngine(string library) => HouseRule.Holds(
        $"A public signature of {library} names a type of the engine (make the member internal, or give it a type of its own):",
        Assembly.Load(library).GetExportedTypes().SelectMany(type => Breaches(type, EngineAssemblies)));

    [Fact]
    public void Breaches_ParameterInsideAGenericArgument_IsFound()
    {
        Assert.Equal(
            ["MedTune.Tests.House.PublicSignatureTests+Sample.Read: MedTune.Tensors.Shape"],
            Breaches(typeof(Sample), EngineAssemblies));
    }

    private static IEnumerable<string> Breaches(Type type, string[] forbidden)
    {
        IEnumerable<(string Member, Type Named)> named = new[] { type.BaseType }.OfType<Type>().Concat(type.GetInterfaces()).Select(parent => ("its base", parent))
            .Concat(type.GetMembers(Declared).SelectMany(member => TypesOf(member).Select(one => (member.Name, one))));
        return named
            .SelectMany(pair => Parts(pair.Named).Select(part => (pair.Member, Part: part)))
            .Where(pair => forbidden.Contains(pair.Part.Assembly.GetName().Name, StringComparer.Ordinal))
            .Select(pair => $"{type.FullName}.{pair.Member}: {pair.Part.FullName}")
            .Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        MethodInfo method when IsOpen(method) =>
            method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)
                .Concat(method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints())),
        ConstructorInfo constructor when IsOpen(constructor) => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        FieldInfo { IsPublic: true } or FieldInfo { IsFamily: true } => [((FieldInfo)member).FieldType],
        EventInfo one when IsOpen(one.AddMethod!) => [one.EventHandlerType!],
        _ => [], // a property's types are its accessors'
    };

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType)
        {
            return Parts(type.GetElementType()!);
        }

        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type) : [type];
    }

    public sealed class Sample
    {
        public static int Read(IReadOnlyList<Shape[]> shapes) => shapes.Count;

        internal static Shape? Hidden() => null;
    }
}
