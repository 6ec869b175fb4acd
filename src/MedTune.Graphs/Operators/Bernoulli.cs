using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>1 with the probability that the input says of each element, else 0. See <see cref="Draws"/> for the generator.</summary>
internal sealed class Bernoulli : Operator
{
    public override string Name => "Bernoulli";

    public override int SinceOpset => 15;

    public override int MinimumInputs => 1;

    public override bool CanFold => false;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("certain", Tensor.Create(new Shape(2, 3), [0f, 1f, 1f, 0f, 0f, 1f]));
            yield return new("certain, whole numbers", Tensor.Vector(1f, 0f)) { Attributes = Attributes.None.With("dtype", (int)ElementType.Int64) };
            yield return new("seed", Sample.Positive(1, 1, 40)) { Attributes = Attributes.None.With("seed", 3f).With("dtype", (int)ElementType.Bool), HasGolden = false };
            yield return new("no seed", Sample.Positive(1, 2, 5, 8)) { HasGolden = false };
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var x = context.Require(0, ElementType.Float, ElementType.Double);
        var type = (ElementType)context.Attributes.Int("dtype", (long)x.Element);
        return type is ElementType.Float or ElementType.Double or ElementType.Int64 or ElementType.Int32 or ElementType.Bool
            ? [x with { Element = type }]
            : throw context.Error("its dtype must be Float, Double, Int64, Int32 or Bool.");
    }

    public override Action Compile(KernelContext context)
    {
        var read = RealNumbers.Of(context, 0);
        var chances = context.Scratch<double>(context.InputShape(0).Length);
        var numbers = Draws.Of(context.Node);
        return context.OutputElement() switch
        {
            ElementType.Float => Write<float>(1),
            ElementType.Double => Write<double>(1),
            ElementType.Int64 => Write<long>(1),
            ElementType.Int32 => Write(1),
            ElementType.Bool => Write(true),
            var other => throw context.Unsupported(other),
        };

        Action Write<T>(T one)
            where T : unmanaged
        {
            var y = context.Output<T>();
            return () =>
            {
                read(chances.Span);
                for (int i = 0; i < chances.Length; i++)
                {
                    y[i] = numbers.UniformDouble((ulong)i) < chances[i] ? one : default;
                }
            };
        }
    }
}
