namespace MedTune.Graphs.Operators;

/// <content>What depends on the data: branches, loops, sequences, and values whose shape only their elements tell.</content>
internal static partial class OperatorRegistry
{
    private static ReadOnlySpan<Operator> Dynamic => new Operator[]
    {
        new GradientOperator(), new If(), new Loop(), new Scan(), new SequenceMap(),
        new ConcatFromSequence(), new SequenceAt(), new SequenceConstruct(), new SequenceEmpty(), new SequenceErase(), new SequenceInsert(), new SequenceLength(),
        new SplitToSequence(),
        new Compress(), new NonMaxSuppression(), new NonZero(), new Shrink(), new StringNormalizer(), new Unique(),
    };
}
