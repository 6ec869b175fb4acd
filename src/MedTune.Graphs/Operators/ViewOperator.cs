namespace MedTune.Graphs.Operators;

/// <summary>An operator that gives the elements of its first input in the same order under another shape: nothing to compute, at most a copy.</summary>
internal abstract class ViewOperator : MovementOperator
{
    public override bool IsView => true;

    public override void Gradient(GradientContext context) =>
        context.Set(0, context.Builder.Reshape(context.OutputGradient(), context.Builder.Shape(context.Input(0))));

    protected override Action Compile<T>(Places<T> places)
    {
        var (x, y) = (places.Input(), places.Output());
        return () => x().CopyTo(y());
    }
}
