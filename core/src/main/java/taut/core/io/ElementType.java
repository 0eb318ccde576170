package taut.core.io;

import java.nio.ByteBuffer;
import java.util.Optional;
import taut.core.DType;

/// The element types of files, and what they become in memory.
///
/// Types that Taut does not have are converted where every value fits (small integers, half
/// precision), and INT64 element by element where it does.
public enum ElementType {
  /// One byte, 0 or 1.
  BOOL("b1", 1, DType.BOOL) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.get() == 0 ? 0 : 1;
    }

    @Override
    void write(ByteBuffer buffer, double value) {
      buffer.put((byte) value);
    }
  },
  /// A signed byte.
  INT8("i1", 1, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.get();
    }
  },
  /// An unsigned byte.
  UINT8("u1", 1, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.get() & 0xFF;
    }
  },
  /// A signed 16-bit integer.
  INT16("i2", 2, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.getShort();
    }
  },
  /// An unsigned 16-bit integer.
  UINT16("u2", 2, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.getShort() & 0xFFFF;
    }
  },
  /// A signed 32-bit integer.
  INT32("i4", 4, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.getInt();
    }

    @Override
    void write(ByteBuffer buffer, double value) {
      buffer.putInt((int) value);
    }
  },
  /// A signed 64-bit integer; a value outside the 32-bit range is an error.
  INT64("i8", 8, DType.INT32) {
    @Override
    double read(ByteBuffer buffer) {
      long value = buffer.getLong();
      if (value != (int) value) {
        throw new IllegalArgumentException("the 64-bit integer " + value + " does not fit INT32");
      }
      return value;
    }
  },
  /// Half precision.
  FLOAT16("f2", 2, DType.FLOAT32) {
    @Override
    double read(ByteBuffer buffer) {
      return Float.float16ToFloat(buffer.getShort());
    }
  },
  /// The upper half of single precision, which NumPy does not have.
  BFLOAT16("", 2, DType.FLOAT32) {
    @Override
    double read(ByteBuffer buffer) {
      return Float.intBitsToFloat(buffer.getShort() << 16);
    }
  },
  /// Single precision.
  FLOAT32("f4", 4, DType.FLOAT32) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.getFloat();
    }

    @Override
    void write(ByteBuffer buffer, double value) {
      buffer.putFloat((float) value);
    }
  },
  /// Double precision.
  FLOAT64("f8", 8, DType.FLOAT64) {
    @Override
    double read(ByteBuffer buffer) {
      return buffer.getDouble();
    }

    @Override
    void write(ByteBuffer buffer, double value) {
      buffer.putDouble(value);
    }
  };

  private final String code;
  private final int bytes;
  private final DType dtype;

  ElementType(String code, int bytes, DType dtype) {
    this.code = code;
    this.bytes = bytes;
    this.dtype = dtype;
  }

  abstract double read(ByteBuffer buffer);

  void write(ByteBuffer buffer, double value) {
    throw new IllegalStateException("tensors are not written as " + this);
  }

  /// Returns the bytes that one element takes in a file.
  public int bytes() {
    return bytes;
  }

  /// Returns the element type in memory.
  public DType dtype() {
    return dtype;
  }

  /// Returns NumPy's code without the byte order, such as `f4`; empty for a type that NumPy lacks.
  String code() {
    return code;
  }

  /// Returns the type in which a tensor is written.
  public static ElementType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> FLOAT32;
      case FLOAT64 -> FLOAT64;
      case INT32 -> INT32;
      case BOOL -> BOOL;
    };
  }

  static Optional<ElementType> find(String code) {
    for (ElementType type : values()) {
      if (type.code.equals(code)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
