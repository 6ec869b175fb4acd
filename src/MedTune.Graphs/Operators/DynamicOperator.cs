using System.Collections.Immutable;
using MedTune.Graphs.Execution;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that runs graphs of its own or handles sequences: always evaluated with its inputs at hand, never compiled.</summary>
/// <remarks>Its tests are not the common suite's, which compiles single nodes, but those of the class <c>DynamicGraphTests</c>.</remarks>
internal abstract class DynamicOperator : Operator
{
    public sealed override bool CanFold => false;

    public sealed override IEnumerable<OperatorCase> Cases => [];

    public sealed override Action Compile(KernelContext context) => throw context.Error("it cannot be compiled; it is evaluated between segments.");

    /// <summary>The outputs, in order.</summary>
    public abstract ImmutableArray<RuntimeValue> Evaluate(DynamicContext context);

    public override void Gradient(GradientContext context) =>
        throw context.Error("a loss cannot be differentiated through a branch, a loop or a sequence. Freeze what comes before it, or train what comes after it.");
}
