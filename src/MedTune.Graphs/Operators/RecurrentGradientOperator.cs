using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// The gradients of all inputs of a recurrent layer, back through time. Inputs: those of the layer, each at its place, then the gradients that arrive at
/// its outputs, each of which may be missing. Outputs: one per input of the layer. The forward is computed again rather than kept.
/// </summary>
internal abstract class RecurrentGradientOperator : Operator
{
    private readonly RecurrentOperator _layer;

    protected RecurrentGradientOperator(RecurrentOperator layer) => _layer = layer;

    public override string Name => _layer.Name + "Gradient";

    public override string Domain => InternalDomain;

    public override int MinimumInputs => 3;

    public override int MaximumInputs => _layer.MaximumInputs + _layer.MaximumOutputs;

    public override int MaximumOutputs => _layer.MaximumInputs;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            foreach (var sample in _layer.Cases.Where(sample => sample.HasGolden))
            {
                // Output 4 would be the gradient of lengths; what is asked for ends before it.
                yield return sample with
                {
                    Inputs = [.. Enumerable.Range(0, _layer.MaximumInputs).Select(i => i < sample.Inputs.Length ? sample.Inputs[i] : null), .. Arrived(sample)],
                    Outputs = 4,
                    GradientInputs = [],
                    FloatTolerance = 2e-5,
                };
            }
        }
    }

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        _layer.Check(context);
        return [.. Enumerable.Range(0, _layer.MaximumInputs).Select(i => context.Has(i) ? context.Input(i) : context.Input(0))];
    }

    public override Action Compile(KernelContext context) => context.ElementOf(0) switch
    {
        ElementType.Float => _layer.Pass<float>(context, isForward: false).Backward(_layer.MaximumInputs),
        ElementType.Double => _layer.Pass<double>(context, isForward: false).Backward(_layer.MaximumInputs),
        var other => throw context.Unsupported(other),
    };

    private static IEnumerable<Tensor?> Arrived(OperatorCase sample)
    {
        bool isBatchFirst = sample.Attributes.Int("layout", 0) == 1;
        var (x, r) = (sample.Inputs[0]!.Shape, sample.Inputs[2]!.Shape);
        (int steps, int batch) = isBatchFirst ? (x[1], x[0]) : (x[0], x[1]);
        yield return Sample.Values(100, isBatchFirst ? [batch, steps, r[0], r[2]] : [steps, r[0], batch, r[2]]);
        for (int output = 1; output < sample.Outputs; output++)
        {
            yield return Sample.Values(100 + (uint)output, isBatchFirst ? [batch, r[0], r[2]] : [r[0], batch, r[2]]);
        }
    }
}
