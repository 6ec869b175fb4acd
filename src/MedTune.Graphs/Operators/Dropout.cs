using System.Collections.Immutable;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>
/// ONNX's Dropout: the input itself, and a mask of true, unless input 2 (training_mode) is a known true. For training,
/// <see cref="TrainingForm"/> replaces it by <see cref="RandomDropout"/>.
/// </summary>
internal sealed class Dropout : Operator
{
    public override string Name => "Dropout";

    public override int MinimumInputs => 1;

    public override int MaximumInputs => 3;

    public override int MaximumOutputs => 2;

    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("prediction", Sample.Values(1, 3, 5));
            yield return new("prediction, mask", Sample.Values(2, 3, 5), Tensor.Scalar(0.25f)) { Outputs = 2, ConstantInputs = [1] };
            yield return new("training, nothing dropped", Sample.Values(3, 7), Tensor.Scalar(0f), Tensor.Scalar(true)) { Outputs = 2, ConstantInputs = [1, 2] };
        }
    }

    public override bool CanOverwrite(ShapeContext context, int input) => input == 0;

    public override bool NeedsConstant(int input) => input == 2;

    public override ImmutableArray<TensorType> InferTypes(ShapeContext context)
    {
        var type = context.Require(0, ElementType.Float, ElementType.Double);
        return [type, type with { Element = ElementType.Bool }];
    }

    public override Action Compile(KernelContext context)
    {
        if (context.Has(2) && context.Constant(2) is not Tensor<bool>)
        {
            throw context.Error("its training_mode depends on the data; it must be a constant.");
        }

        bool drops = context.Constant(2) is Tensor<bool> training && training.Values[0] && !(context.Constant(1) is { } ratio && IsZero(ratio));
        if (drops)
        {
            throw context.Error("it asks for training, which needs a seed and a step. Compile the graph that TrainingForm makes of it.");
        }

        var mask = context.HasOutput(1) ? context.Output<bool>(1) : default;
        return context.ElementOf(0) switch
        {
            ElementType.Float => Copy<float>(context, mask),
            ElementType.Double => Copy<double>(context, mask),
            var other => throw context.Unsupported(other),
        };
    }

    public override void Gradient(GradientContext context) => context.Set(0, context.OutputGradient());

    public override Node FromOpset(Node node, int opset, GraphBuilder builder)
    {
        // Until set 11 the ratio was an attribute, and until set 6 is_test said what training_mode says now.
        if (opset > 11)
        {
            return node;
        }

        var ratio = builder.Constant(Tensor.Scalar(node.Attributes.Float("ratio", 0.5f)), "ratio");
        return node with { Inputs = [node.Inputs[0], ratio.Name], Attributes = node.Attributes.Without("ratio").Without("is_test") };
    }

    private static bool IsZero(Tensor ratio) => ratio switch
    {
        Tensor<float> single => single.Values[0] == 0,
        Tensor<double> wide => wide.Values[0] == 0,
        _ => false,
    };

    private static Action Copy<T>(KernelContext context, Execution.Buffer<bool> mask)
        where T : unmanaged
    {
        var (x, y) = (context.Input<T>(0), context.Output<T>());
        return () =>
        {
            x.Span.CopyTo(y.Span);
            mask.Span.Fill(true);
        };
    }
}
