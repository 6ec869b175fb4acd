using MedTune.Graphs.Execution;
using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>Collects what each pass of a loop gives and puts it together along a new axis.</summary>
internal sealed class PassStack
{
    private readonly DynamicContext _context;
    private readonly TensorType _type;
    private readonly long _axis;
    private readonly List<Tensor> _parts = [];
    private long _bytes;

    /// <param name="context">The loop.</param>
    /// <param name="type">What a pass gives, as far as it is known without one.</param>
    /// <param name="axis">Where the passes lie in the whole; a negative one counts from the last.</param>
    public PassStack(DynamicContext context, TensorType type, long axis)
    {
        _context = context;
        _type = type;
        _axis = axis;
    }

    /// <summary>Adds a pass's part; all must be of one shape.</summary>
    public void Add(Tensor part)
    {
        if (_parts.Count > 0 && part.Shape != _parts[0].Shape)
        {
            throw _context.Error($"its passes give values of shapes {_parts[0].Shape} and {part.Shape}, which cannot be stacked.");
        }

        _bytes += (long)part.Length * Math.Max(1, part.Type.SizeInBytes());
        _context.CheckBytes(_bytes);
        _parts.Add(part);
    }

    /// <summary>The whole; the parts are taken in the reverse order when asked for.</summary>
    public RuntimeValue Total(bool isReversed = false)
    {
        if (_parts.Count == 0)
        {
            return Nothing();
        }

        if (isReversed)
        {
            _parts.Reverse();
        }

        var axes = Tensor.Vector(_axis);
        var rows = _parts.Select(part => _context.Apply("Unsqueeze", Attributes.None, part, axes)).ToArray();
        return RuntimeValue.Of(_context.Apply("Concat", Attributes.None.With("axis", _axis), rows), _type.Element);
    }

    /// <summary>No pass: an extent of 0 along the new axis, and along every axis that only a pass would have told.</summary>
    private RuntimeValue Nothing()
    {
        int[] each = _type.HasRank ? [.. _type.Dimensions.Select(dimension => dimension.Value ?? 0)] : [];
        long axis = _axis < 0 ? _axis + each.Length + 1 : _axis;
        int[] extents = axis >= 0 && axis <= each.Length ? [.. each.Take((int)axis), 0, .. each.Skip((int)axis)] : [0];
        return RuntimeValue.Of(_context.Empty(_type.Element, new Shape(extents)), _type.Element);
    }
}
