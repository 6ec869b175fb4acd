using System.Diagnostics.CodeAnalysis;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator that moves elements of any type, text included, without looking at them. Float and double run the same code.</summary>
internal abstract class MovementOperator : Operator
{
    /// <summary>The input whose elements are moved.</summary>
    protected virtual int MovedInput => 0;

    public override Action Compile(KernelContext context) => context.ElementOf(MovedInput) switch
    {
        ElementType.Float => CompileBuffers<float>(context),
        ElementType.Double => CompileBuffers<double>(context),
        ElementType.Int64 => CompileBuffers<long>(context),
        ElementType.Int32 => CompileBuffers<int>(context),
        ElementType.Int8 => CompileBuffers<sbyte>(context),
        ElementType.UInt8 => CompileBuffers<byte>(context),
        ElementType.Int16 => CompileBuffers<short>(context),
        ElementType.UInt16 => CompileBuffers<ushort>(context),
        ElementType.UInt32 => CompileBuffers<uint>(context),
        ElementType.UInt64 => CompileBuffers<ulong>(context),
        ElementType.Float16 => CompileBuffers<Half>(context),
        ElementType.BFloat16 => CompileBuffers<BFloat16>(context),
        ElementType.Bool => CompileBuffers<bool>(context),
        ElementType.String => Compile(new Places<string>(context, input => TextsOf(context.InputStrings(input)), output => TextsOf(context.OutputStrings(output)))),
        var other => throw context.Unsupported(other),
    };

    /// <summary>The forward for one type of elements.</summary>
    protected abstract Action Compile<T>(Places<T> places);

    private static Elements<string> TextsOf(string[] texts) => () => texts;

    private Action CompileBuffers<T>(KernelContext context)
        where T : unmanaged => Compile(new Places<T>(
            context,
            input =>
            {
                var buffer = context.Input<T>(input);
                return () => buffer.Span;
            },
            output =>
            {
                var buffer = context.Output<T>(output);
                return () => buffer.Span;
            }));

    /// <summary>The elements of a value, wherever they live.</summary>
    [SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "A place, not a handler.")]
    internal delegate Span<T> Elements<T>();

    /// <summary>Where the moved elements of a node are.</summary>
    internal sealed class Places<T>
    {
        private readonly Func<int, Elements<T>> _input;
        private readonly Func<int, Elements<T>> _output;

        internal Places(KernelContext context, Func<int, Elements<T>> input, Func<int, Elements<T>> output)
        {
            Context = context;
            _input = input;
            _output = output;
        }

        /// <summary>Everything else about the node.</summary>
        internal KernelContext Context { get; }

        internal Elements<T> Input(int input = 0) => _input(input);

        internal Elements<T> Output(int output = 0) => _output(output);
    }
}
